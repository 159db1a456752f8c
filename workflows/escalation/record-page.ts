import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { PageOutcome } from "../../shared/care/episode/escalation.ts";
import { findEscalation } from "../../shared/care/safety/find-escalation.ts";

/** Pages that the alert itself remembers; the audit trail has every one of them. */
const keptPages = 20;

/** Records that one page was made, or that it reached nobody; the next attempt counts from here. */
export function recordPage(
  state: OpenState,
  escalationSk: string,
  page: {
    readonly tier: number;
    readonly attempt: number;
    readonly outcome: PageOutcome;
    /** Ids of whoever was rung, in that order. */
    readonly to: readonly string[];
  },
  ctx: DecisionContext,
): Change | Refusal {
  const alert = findEscalation(state, escalationSk);
  if (alert === undefined) return { refused: "not-found", sentence: "There is no such alert." };
  if (alert.pageTier !== page.tier || alert.pageAttempt !== page.attempt) {
    return { refused: "not-now", sentence: "This page has been recorded." };
  }
  const draft = new Draft(state, ctx);
  const { readLadder, pages = [] } = alert;
  draft.replace(alert, {
    lastPagedAt: ctx.now,
    pageAttempt: page.attempt + 1,
    pages: [...pages, { at: ctx.now, to: page.to, outcome: page.outcome }].slice(-keptPages),
    // A page that reached nobody has asked nobody to read.
    ...(readLadder === undefined || page.outcome === "undelivered"
      ? {}
      : { readLadder: { ...readLadder, pages: readLadder.pages + 1 } }),
  });
  return draft.finish("on-call-paged", {
    escalationId: alert.escalationId,
    tier: page.tier,
    attempt: page.attempt,
    outcome: page.outcome,
  });
}
