import { openApproval, settleApproval } from "../../shared/care/approvals/open-approval.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import { cancelTasks, endRequests } from "../../shared/care/pathway/end-plans.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { contactOrCall } from "../../shared/messages/plan-messages.ts";

/** Closes a referral that a person decided to refer on, and lets the participant know to call. */
export const referOn: ActStep = (state, run, ctx) => {
  const { status } = state.episode;
  if (status !== "assessed" && status !== "waiting") return { outcome: "done" };
  const { waiting: _waiting, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  const approval = openApproval(state, "admission-approval", run.driverId);
  settleApproval(draft, approval);
  draft.cancelMessages(() => true, "referred-on");
  endRequests(draft);
  cancelTasks(draft, (task) => task.sk !== approval?.sk);
  draft.set({ status: "declined", closedAt: ctx.now, closingReason: "referred-on" });
  contactOrCall(
    draft,
    ctx,
    { anchor: "declined", anchorAt: ctx.now, driverId: run.driverId, occurrence: "intake" },
    "Tell the person where they can turn to, and help with the first step there.",
  );
  return {
    outcome: "done",
    change: draft.finish("participant-referred-on", {
      decidedBy: approval?.decision?.decidedBy ?? "unknown",
    }),
  };
};
