import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask, OwedWork } from "../episode/care-task.ts";
import type { TaskKind } from "../episode/task-kinds.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { addStaffedMinutes, endOfNextStaffedDay } from "../program/staffed-time.ts";
import { addHours } from "../time/instants.ts";
import { isApprovalKind, taskKindRecords } from "./task-kinds.ts";

export type NewTask = {
  readonly taskKind: TaskKind;
  /** With the kind, the business key: the same task is never opened twice. */
  readonly occurrence: string;
  readonly words: string;
  /** These three where they differ from what the record of the kind says. */
  readonly assignedFunction?: StaffFunction;
  /** Somebody of the staff who gets it first; the function has it, too. */
  readonly assignedTo?: string;
  readonly dueAt?: string;
  readonly priority?: CareTask["priority"];
  readonly about?: CareTask["about"];
  readonly driverId?: string;
  readonly atSite?: string;
  readonly evidence?: CareTask["evidence"];
  readonly proposal?: string;
  readonly owed?: OwedWork;
  /** It is shown from then on: long before its time nobody can do it. */
  readonly snoozedUntil?: string;
  readonly handedUp?: CareTask["handedUp"];
};

/** The sort key of the one task of a kind for one occurrence: a second opening finds the first. */
export function taskSk(taskKind: TaskKind, occurrence: string): string {
  return itemKeys.task(taskKind, occurrence);
}

/** The instant at which a task of a kind is due that is opened now, by the record of the kind. */
export function dueOfKind(
  ctx: Pick<DecisionContext, "site" | "program" | "now">,
  taskKind: TaskKind,
): string {
  const { due } = taskKindRecords[taskKind];
  if (due === "end-of-next-staffed-day") return endOfNextStaffedDay(ctx.site, ctx.now);
  if ("staffedMinutes" in due) return addStaffedMinutes(ctx.site, ctx.now, due.staffedMinutes);
  return addHours(ctx.now, typeof due.hours === "number" ? due.hours : due.hours(ctx.program));
}

/** Opens a task for a function of the care team; a known business key leaves the task as it is. */
export function openTask(draft: Draft, ctx: DecisionContext, task: NewTask): void {
  const record = taskKindRecords[task.taskKind];
  draft.add({
    kind: "task",
    sk: taskSk(task.taskKind, task.occurrence),
    version: 1,
    taskId: ctx.newId(),
    taskKind: task.taskKind,
    status: "open",
    isApproval: isApprovalKind(task.taskKind),
    assignedFunction: task.assignedFunction ?? record.owners[0],
    ...(task.assignedTo === undefined ? {} : { assignedTo: task.assignedTo }),
    priority: task.priority ?? record.priority,
    words: task.words,
    openedAt: ctx.now,
    dueAt: task.dueAt ?? dueOfKind(ctx, task.taskKind),
    evidence: task.evidence ?? {},
    ...(task.about === undefined ? {} : { about: task.about }),
    ...(task.atSite === undefined ? {} : { atSite: task.atSite }),
    ...(task.driverId === undefined ? {} : { driverId: task.driverId }),
    ...(task.proposal === undefined ? {} : { proposal: task.proposal }),
    ...(task.owed === undefined ? {} : { owed: task.owed }),
    ...(task.snoozedUntil === undefined ? {} : { snoozedUntil: task.snoozedUntil }),
    ...(task.handedUp === undefined ? {} : { handedUp: task.handedUp }),
  });
}

/** The task of this kind and occurrence, open or done, as the change has it so far. */
export function findTask(
  draft: Draft,
  taskKind: TaskKind,
  occurrence: string,
): CareTask | undefined {
  const item = draft.item(taskSk(taskKind, occurrence));
  return item?.kind === "task" ? item : undefined;
}
