import { occurrenceOfTask } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import { addStaffedMinutes } from "../program/staffed-time.ts";
import { ownerOf } from "./late-work.ts";
import { openTask } from "./open-task.ts";
import { takeOverOwed } from "./owed-work.ts";
import { repeatedCallKinds } from "./task-kinds.ts";

/** Tries of a call after which a person decides what else to do. */
const maxTries = 3;
const againAfterStaffedMinutes = 480;
/** What is to be done today is tried again today. */
const urgentAgainAfterStaffedMinutes = 120;

function occurrenceOf(task: CareTask): string {
  return occurrenceOfTask(task).replace(/-try\d+$/, "");
}

/** A person who declined, or whose number is wrong: somebody decides what happens now. */
export function decideAfterDecline(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  decideAfter(draft, ctx, task, "Reached, and declined. Decide what happens now.");
}

/** Only what is owed to the person is still to be done: a channel that is lost is a task of its own. */
export function decideAfterWrongNumber(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  if (task.owed === undefined) return;
  decideAfter(draft, ctx, task, "The number is somebody else's. Decide how to reach the person.");
}

/** A call that reached nobody is made again; after three tries a person decides what else to do. */
export function callAgain(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  const tries = Number(task.evidence.tries ?? 1);
  if (tries >= maxTries) {
    decideAfter(draft, ctx, task, `Not reached in ${tries} calls. Decide what happens now.`);
    return;
  }
  const { about, driverId, proposal } = task;
  const againAt = addStaffedMinutes(
    ctx.site,
    ctx.now,
    task.priority === "normal" ? againAfterStaffedMinutes : urgentAgainAfterStaffedMinutes,
  );
  openTask(draft, ctx, {
    taskKind: task.taskKind,
    occurrence: `${occurrenceOf(task)}-try${tries + 1}`,
    words: tries === 1 ? `${task.words} Not reached at the first try.` : task.words,
    // A try that is late goes up again from whose work it is; what is owed stays with who has it by now.
    assignedFunction: task.owed === undefined ? ownerOf(task) : task.assignedFunction,
    dueAt: againAt,
    priority: task.priority,
    evidence: { ...task.evidence, tries: tries + 1 },
    ...(about === undefined ? {} : { about }),
    ...(driverId === undefined ? {} : { driverId }),
    ...(proposal === undefined ? {} : { proposal }),
    ...takeOverOwed(task, againAt),
  });
}

/** A person decided to go on trying: the call that reached nobody is on somebody's list again. */
export function callOnceMore(draft: Draft, ctx: DecisionContext, decision: CareTask): void {
  const taskKind = repeatedCallKinds.find((kind) => kind === decision.evidence.call);
  if (taskKind === undefined) return;
  const dueAt = addStaffedMinutes(ctx.site, ctx.now, againAfterStaffedMinutes);
  openTask(draft, ctx, {
    taskKind,
    occurrence: `again-${decision.taskId}`,
    words: "Not reached in the calls before. Somebody decided to go on trying: call again.",
    assignedFunction: decision.assignedFunction,
    dueAt,
    priority: "urgent",
    ...(decision.about === undefined ? {} : { about: decision.about }),
    ...takeOverOwed(decision, dueAt),
  });
}

/** What was owed the same day is for a clinician to decide, by the same deadline. */
function decideAfter(draft: Draft, ctx: DecisionContext, task: CareTask, words: string): void {
  const dueAt = addStaffedMinutes(ctx.site, ctx.now, againAfterStaffedMinutes);
  const isCaseManagers = task.owed === undefined || task.owed.tier === "ROUTINE";
  openTask(draft, ctx, {
    taskKind: "outreach-decision",
    occurrence: `call-${task.taskId}`,
    words: task.owed === undefined ? words : `${words} ${task.words}`,
    assignedFunction: isCaseManagers
      ? "case-manager"
      : task.assignedFunction === "clinical-lead"
        ? "clinical-lead"
        : "clinician",
    dueAt,
    priority: "urgent",
    ...(task.about === undefined ? {} : { about: task.about }),
    evidence: { call: task.taskKind },
    ...takeOverOwed(task, dueAt),
  });
}
