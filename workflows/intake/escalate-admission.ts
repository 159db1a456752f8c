import { escalateApproval, escalatesAt } from "../../shared/care/approvals/escalate-approval.ts";
import { openApproval } from "../../shared/care/approvals/open-approval.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { admissionEvidence } from "./assess.ts";

/** Passes an overdue admission decision on, and puts the question again where it got lost. */
export const escalateAdmission: ActStep = (state, run, ctx) => {
  const { status } = state.episode;
  if (status !== "assessed" && status !== "waiting") return { outcome: "done" };
  const approval = openApproval(state, "admission-approval", run.driverId);
  const rules = ctx.program.approvals.admission;
  const isSettled =
    approval !== undefined &&
    (approval.decision !== undefined || escalatesAt(approval, rules) > ctx.now);
  if (isSettled) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  if (approval === undefined) {
    openTask(draft, ctx, {
      taskKind: "admission-approval",
      occurrence: `again-${state.episode.version}`,
      words: "Admission is not decided yet: admit, let wait for a place, or refer on.",
      assignedFunction: rules.escalateTo,
      dueAt: addHours(ctx.now, rules.escalateEveryHours),
      priority: "urgent",
      driverId: run.driverId,
      evidence: admissionEvidence(state.episode, []),
      proposal: "clinician-decides",
    });
  } else {
    escalateApproval(draft, ctx, approval, rules);
  }
  return {
    outcome: "done",
    change: draft.finish("admission-decision-escalated", { to: rules.escalateTo }),
  };
};
