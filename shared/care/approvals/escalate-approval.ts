import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Approval } from "../program/program.ts";
import { addHours } from "../time/instants.ts";

/** When an approval that nobody decides goes up, or is put to them again: at its time, and then every so often. */
export function escalatesAt(task: CareTask, approval: Approval): string {
  return task.remindedAt === undefined
    ? task.dueAt
    : addHours(task.remindedAt, approval.escalateEveryHours);
}

/** Passes an overdue approval to who decides next. It stays open, and so does its deadline: no timer decides. */
export function escalateApproval(
  draft: Draft,
  ctx: DecisionContext,
  task: CareTask,
  approval: Approval,
): void {
  draft.replace(task, {
    assignedFunction: approval.escalateTo,
    priority: task.priority === "safety" ? "safety" : "urgent",
    ...(task.assignedFunction === approval.escalateTo
      ? {}
      : {
          handedUp: [
            ...(task.handedUp ?? []),
            { from: task.assignedFunction, to: approval.escalateTo, at: ctx.now },
          ],
        }),
    remindedAt: ctx.now,
    evidence: { ...task.evidence, escalations: Number(task.evidence.escalations ?? 0) + 1 },
  });
}
