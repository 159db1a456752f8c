import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Approval } from "../program/program.ts";
import { addHours } from "../time/instants.ts";

/** Passes an overdue approval to who decides next. It stays open: no timer decides. */
export function escalateApproval(
  draft: Draft,
  ctx: DecisionContext,
  task: CareTask,
  approval: Approval,
): void {
  draft.replace(task, {
    assignedFunction: approval.escalateTo,
    priority: task.priority === "safety" ? "safety" : "urgent",
    dueAt: addHours(ctx.now, approval.escalateEveryHours),
    evidence: { ...task.evidence, escalations: Number(task.evidence.escalations ?? 0) + 1 },
  });
}
