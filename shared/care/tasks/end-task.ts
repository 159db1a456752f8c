import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { type NewTask, openTask } from "./open-task.ts";
import { taskKindRecords } from "./task-kinds.ts";

/**
 * What can end a task other than its outcome: an ending or a change of the plan, the person's death, what it
 * asks for having come by itself, or a newer task about the same that says more.
 */
export type Ending = "plan" | "death" | "has-come" | "superseded";

/**
 * True where this may end an open task: the one place that says so, by the record of its kind. What is about
 * safety, what is owed to the person and what somebody waits for ends with its outcome; so does a call of the
 * aftercare that is late: no closing, leave or discharge takes it off the list.
 */
export function mayEnd(task: CareTask, by: Ending, now: string): boolean {
  if (task.status !== "open") return false;
  if (by === "has-come" || by === "superseded") return true;
  const { endedBy } = taskKindRecords[task.taskKind];
  if (task.priority === "safety" || endedBy === "nothing") return false;
  if (by === "death") return true;
  if (endedBy === "death" || task.owed !== undefined) return false;
  return endedBy === "plan" || task.dueAt > now;
}

/** Takes a task off the list, where this may end it. */
export function endTask(draft: Draft, task: CareTask, by: Ending): void {
  if (mayEnd(task, by, draft.now)) draft.replace(task, { status: "cancelled" });
}

/**
 * Opens a task that takes the place of older ones about the same: one task per person and reason. The
 * earliest deadline stays, and whoever had got it has it still.
 * @param isAbout - the open tasks that it takes the place of
 */
export function openInPlaceOf(
  draft: Draft,
  ctx: DecisionContext,
  task: NewTask,
  isAbout: (older: CareTask) => boolean,
): void {
  const older = draft
    .items()
    .filter((item): item is CareTask => item.kind === "task" && item.status === "open")
    .filter((item) => item.taskKind === task.taskKind && item.owed === undefined)
    .filter(isAbout);
  for (const item of older) endTask(draft, item, "superseded");
  const [first] = older.sort((left, right) => left.dueAt.localeCompare(right.dueAt));
  if (first === undefined) {
    openTask(draft, ctx, task);
    return;
  }
  const highest = older.toSorted((left, right) => heard(right) - heard(left))[0] ?? first;
  openTask(draft, ctx, {
    ...task,
    dueAt: task.dueAt !== undefined && task.dueAt < first.dueAt ? task.dueAt : first.dueAt,
    ...(highest.handedUp === undefined
      ? {}
      : {
          assignedFunction: highest.assignedFunction,
          handedUp: highest.handedUp,
          priority: highest.priority,
        }),
  });
}

/** Tasks of a kind whose occurrence begins like this: the same reason at another time. */
export function isAbout(
  taskKind: CareTask["taskKind"],
  begins: string,
): (task: CareTask) => boolean {
  return ({ sk }) => sk.startsWith(itemKeys.task(taskKind, begins));
}

function heard(task: CareTask): number {
  return task.handedUp?.length ?? 0;
}

/**
 * What a task starts with that takes the place of one nobody did: the next person of its kind's record has it
 * from the first, and the task says whose work it is.
 */
export function handedUpFrom(
  taskKind: CareTask["taskKind"],
  owner: StaffFunction,
  now: string,
): {
  readonly assignedFunction: StaffFunction;
  readonly handedUp?: NonNullable<CareTask["handedUp"]>;
} {
  const to = taskKindRecords[taskKind].late?.next ?? owner;
  if (to === owner) return { assignedFunction: owner };
  return { assignedFunction: to, handedUp: [{ from: owner, to, at: now }] };
}
