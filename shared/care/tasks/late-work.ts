import type { Change } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { CareTask, OwedStep } from "../episode/care-task.ts";
import type { EpisodeItem, OpenState } from "../episode/episode-item.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { addHours } from "../time/instants.ts";
import { nextOwedStep } from "./owed-work.ts";
import { taskKindRecords } from "./task-kinds.ts";

/** Hours after its time at which the last person hears of work that the next person did not do either. */
const lastPersonAfterHours = 24;

/** The function whose work a task is, whoever has got it since because it was not done. */
export function ownerOf(task: Pick<CareTask, "assignedFunction" | "handedUp">): StaffFunction {
  return task.handedUp?.[0]?.from ?? task.assignedFunction;
}

/**
 * Who gets a task that is not done by its time, by the record of its kind: the next person, and a day later
 * the last one. Whoever has it from the start is nobody new, and is left out. What is owed to a person has
 * steps of its own, and approvals and alerts go up by rules of theirs: none here.
 * @returns in order of time, with `takenAt` on what has happened
 */
export function lateSteps(task: CareTask): readonly OwedStep[] {
  const { late } = taskKindRecords[task.taskKind];
  if (late === undefined || task.owed !== undefined) return [];
  const owner = ownerOf(task);
  return [late.next, late.last]
    .filter((to) => to !== owner)
    .map((to, index) => {
      const takenAt = task.handedUp?.find((step) => step.to === to)?.at;
      return {
        to,
        at: index === 0 || hasHeardBefore(task) ? task.dueAt : lastPersonAt(task),
        ...(takenAt === undefined ? {} : { takenAt }),
      };
    });
}

/** Whoever has had it since before its time is nobody new at its time. */
function hasHeardBefore({ handedUp, dueAt }: CareTask): boolean {
  return handedUp?.[0] !== undefined && handedUp[0].at < dueAt;
}

/** A day after its time; not before the instant until which somebody who has heard of it put it off. */
function lastPersonAt({ dueAt, snoozedUntil = dueAt }: CareTask): string {
  const at = addHours(dueAt, lastPersonAfterHours);
  return snoozedUntil > at ? snoozedUntil : at;
}

/** The next function that gets an open task because it is not done, and when; none where all have heard of it. */
export function nextStepUp(item: EpisodeItem): OwedStep | undefined {
  if (item.kind !== "task" || item.status !== "open") return undefined;
  if (item.owed !== undefined) return nextOwedStep(item);
  return lateSteps(item).find((step) => step.takenAt === undefined);
}

/**
 * What changes when a task that is owed to nobody in particular is late: the next person has it, off the
 * desk of who did not do it and put off no longer. Its deadline stays, and it is urgent now, not about safety.
 * @returns undefined while there is nothing to hand up
 */
export function handUp(
  task: CareTask,
  now: string,
): { readonly task: CareTask; readonly step: OwedStep } | undefined {
  const step = task.owed === undefined ? nextStepUp(task) : undefined;
  if (step === undefined || step.at > now) return undefined;
  const { assignedTo: _whoever, snoozedUntil: _putOff, ...rest } = task;
  return {
    step,
    task: {
      ...rest,
      assignedFunction: step.to,
      priority: task.priority === "normal" ? "urgent" : task.priority,
      handedUp: [...(task.handedUp ?? []), { from: task.assignedFunction, to: step.to, at: now }],
    },
  };
}

/**
 * Hands a late task of an episode up.
 * @param sk - the task
 * @returns undefined where there is nothing to hand up now
 */
export function handUpLateTask(
  state: OpenState,
  ctx: DecisionContext,
  sk: string,
): Change | undefined {
  const task = state.items.get(sk);
  if (task?.kind !== "task") return undefined;
  const handed = handUp(task, ctx.now);
  if (handed === undefined) return undefined;
  const draft = new Draft(state, ctx);
  draft.replace(handed.task, {});
  return draft.finish(lateWorkAction, lateWorkFacts(task, handed.step));
}

/** In the audit trail of an episode and of a site's own task. */
export const lateWorkAction = "late-work-handed-up";

/** What the audit keeps when late work is passed on: which task, to whom, and the due time, which stays. */
export function lateWorkFacts(task: CareTask, step: OwedStep) {
  return { taskId: task.taskId, taskKind: task.taskKind, to: step.to, dueAt: task.dueAt };
}
