import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { ActResult, Acts } from "../../shared/care/runs/step-result.ts";
import { escalationOf } from "../../shared/care/safety/find-escalation.ts";
import {
  isToBeRead,
  nextReadPage,
  readingRules,
  tierAfter,
} from "../../shared/care/safety/reading.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { repeatMinutes, reviewAlert, tierOf } from "./review-alert.ts";

/**
 * The next person's turn; after the last one the first one again, until somebody answers. An alert that is to
 * be read goes on by its own short ladder, and one that somebody took and did not call about begins it anew.
 */
function goToNextTier(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const alert = escalationOf(state, run);
  // Somebody may have taken it, or reached the person, since the review.
  if (alert === undefined || reviewAlert(state, run, ctx).outcome !== "next-tier")
    return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const { lastPagedAt, ...rest } = alert;
  const next = isToBeRead(ctx.program, alert)
    ? { ...nextToRead(alert, ctx), ...(lastPagedAt === undefined ? {} : { lastPagedAt }) }
    : nextInTurn(alert, ctx);
  draft.replace(rest, {
    status: "open",
    pageAttempt: alert.pageAttempt + 1,
    pageTo: tierOf(ctx.program, next.pageTier).rota,
    ...next,
  });
  return {
    outcome: "done",
    change: draft.finish("escalation-went-to-next-tier", {
      escalationId: alert.escalationId,
      pageTier: next.pageTier,
      wasAcknowledged: alert.status === "acknowledged",
    }),
  };
}

/** Nobody has less than the time between two pages: where they have become seldom, the next person waits, too. */
function nextInTurn(alert: Escalation, ctx: DecisionContext) {
  const pageTier = (alert.pageTier + 1) % Math.max(1, ctx.program.safety.pageTiers.length);
  const tier = tierOf(ctx.program, pageTier);
  const minutes = Math.max(
    tier.acknowledgeWithinMinutes,
    repeatMinutes(ctx, alert, tier.repeatEveryMinutes),
  );
  return { pageTier, tierEndsAt: addMinutes(ctx.now, minutes) };
}

function nextToRead(alert: Escalation, ctx: DecisionContext) {
  const tierEndsAt = addMinutes(ctx.now, readingRules(ctx.program).withinMinutes);
  if (alert.status === "open") return { pageTier: nextReadPage(alert, ctx).tier, tierEndsAt };
  // The one who was to call in the morning may not be on call any more: then it is the first one's again.
  const wasPutOff = alert.answers?.at(-1)?.answer === "call-in-the-morning";
  const pageTier = wasPutOff ? 0 : tierAfter(ctx.program, alert.pageTier);
  return { pageTier, tierEndsAt, readLadder: { from: ctx.now, tier: pageTier, pages: 0 } };
}

/** Paging itself is a state of its own: an act only turns to the next person. */
export const escalationActs: Acts = {
  "go-to-next-tier": goToNextTier,
  finish: () => ({ outcome: "done" }),
};
