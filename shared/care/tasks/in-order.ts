import type { CareTask } from "../episode/care-task.ts";

const rank: Readonly<Record<CareTask["priority"], number>> = { safety: 0, urgent: 1, normal: 2 };

/** The order in which to do work, for sorting: what is about safety, what is urgent, then by due time. */
export function compareUrgency(
  left: Pick<CareTask, "priority" | "dueAt">,
  right: Pick<CareTask, "priority" | "dueAt">,
): number {
  return rank[left.priority] - rank[right.priority] || left.dueAt.localeCompare(right.dueAt);
}

/** A decided approval waits for nobody any more. */
export function isOverdue(
  task: Pick<CareTask, "status" | "decision" | "dueAt">,
  now: string,
): boolean {
  return task.status === "open" && task.decision === undefined && task.dueAt < now;
}
