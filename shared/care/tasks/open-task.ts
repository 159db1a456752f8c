import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask, OwedWork } from "../episode/care-task.ts";
import type { TaskKind } from "../episode/task-kinds.ts";
import type { StaffFunction } from "../program/program.ts";

export type NewTask = {
  readonly taskKind: TaskKind;
  /** With the kind, the business key: the same task is never opened twice. */
  readonly occurrence: string;
  readonly words: string;
  readonly assignedFunction: StaffFunction;
  readonly dueAt: string;
  readonly priority?: CareTask["priority"];
  readonly isApproval?: boolean;
  readonly about?: CareTask["about"];
  readonly driverId?: string;
  readonly evidence?: CareTask["evidence"];
  readonly proposal?: string;
  readonly owed?: OwedWork;
};

export function taskSk(taskKind: TaskKind, occurrence: string): string {
  return itemKeys.task(taskKind, occurrence);
}

/** Opens a task for a function of the care team; a known business key leaves the task as it is. */
export function openTask(draft: Draft, ctx: DecisionContext, task: NewTask): void {
  draft.add({
    kind: "task",
    sk: taskSk(task.taskKind, task.occurrence),
    version: 1,
    taskId: ctx.newId(),
    taskKind: task.taskKind,
    status: "open",
    isApproval: task.isApproval ?? false,
    assignedFunction: task.assignedFunction,
    priority: task.priority ?? "normal",
    words: task.words,
    openedAt: ctx.now,
    dueAt: task.dueAt,
    evidence: task.evidence ?? {},
    ...(task.about === undefined ? {} : { about: task.about }),
    ...(task.driverId === undefined ? {} : { driverId: task.driverId }),
    ...(task.proposal === undefined ? {} : { proposal: task.proposal }),
    ...(task.owed === undefined ? {} : { owed: task.owed }),
  });
}

export function findTask(
  draft: Draft,
  taskKind: TaskKind,
  occurrence: string,
): CareTask | undefined {
  const item = draft.item(taskSk(taskKind, occurrence));
  return item?.kind === "task" ? item : undefined;
}
