import { escalatesAt } from "../../shared/care/approvals/escalate-approval.ts";
import { decisionAt, openApproval } from "../../shared/care/approvals/open-approval.ts";
import type { ReviewStep } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { earliest } from "../../shared/care/time/instants.ts";

/** What the admission decision needs now. Time alone decides nothing: it only passes the question on. */
export const reviewAdmission: ReviewStep = (state, run, ctx) => {
  const { episode } = state;
  if (episode.status !== "assessed" && episode.status !== "waiting") return { outcome: "stop" };
  const approval = openApproval(state, "admission-approval", run.driverId);
  // Without a question on the table nobody would ever answer it: it is put again.
  if (approval === undefined) return { outcome: "overdue" };
  const decision = decisionAt(approval, ctx.now);
  if (decision.state === "rejected") return { outcome: "declined" };
  if (decision.state === "approved") {
    return { outcome: approval.decision?.choice === "wait" ? "waiting" : "admitted" };
  }
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const isCallDue = episode.status === "waiting" && (episode.waiting?.nextCallAt ?? "") <= ctx.now;
  if (isCallDue) return { outcome: "waiting" };
  const overdueAt = escalatesAt(approval, ctx.program.approvals.admission);
  if (decision.state === "open" && overdueAt <= ctx.now) return { outcome: "overdue" };
  const until = decision.state === "resting" ? decision.until : overdueAt;
  const wakes = [until, nextSendAt(state, run), episode.waiting?.nextCallAt];
  return { outcome: "wait", holdUntil: earliest(wakes) ?? until };
};
