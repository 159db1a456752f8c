import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { ActResult, Acts } from "../../shared/care/runs/step-result.ts";
import { escalationOf } from "../../shared/care/safety/find-escalation.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { isLastTier, reviewAlert, tierOf } from "./review-alert.ts";

/** The next person's turn; after the last the paging starts over with the last. */
function goToNextTier(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const alert = escalationOf(state, run);
  // Somebody may have taken it, or reached the person, since the review.
  if (alert === undefined || reviewAlert(state, run, ctx).outcome !== "next-tier")
    return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const pageTier = isLastTier(ctx.program, alert.pageTier) ? alert.pageTier : alert.pageTier + 1;
  const tier = tierOf(ctx.program, pageTier);
  const { lastPagedAt: _paged, ...rest } = alert;
  draft.replace(
    { ...rest },
    {
      status: "open",
      pageTier,
      pageAttempt: alert.pageAttempt + 1,
      tierEndsAt: addMinutes(ctx.now, tier.acknowledgeWithinMinutes),
    },
  );
  return {
    outcome: "done",
    change: draft.finish("escalation-went-to-next-tier", {
      escalationId: alert.escalationId,
      pageTier,
      wasAcknowledged: alert.status === "acknowledged",
    }),
  };
}

/** Paging itself is a state of its own: an act only turns to the next person. */
export const escalationActs: Acts = {
  "go-to-next-tier": goToNextTier,
  finish: () => ({ outcome: "done" }),
};
