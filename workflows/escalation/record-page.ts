import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { findEscalation } from "../../shared/care/safety/find-escalation.ts";

/** Records that one page was made, or that it reached nobody; the next attempt counts from here. */
export function recordPage(
  state: OpenState,
  escalationSk: string,
  page: { readonly tier: number; readonly attempt: number; readonly outcome: string },
  ctx: DecisionContext,
): Change | Refusal {
  const alert = findEscalation(state, escalationSk);
  if (alert === undefined) return { refused: "not-found", sentence: "There is no such alert." };
  if (alert.pageTier !== page.tier || alert.pageAttempt !== page.attempt) {
    return { refused: "not-now", sentence: "This page has been recorded." };
  }
  const draft = new Draft(state, ctx);
  draft.replace(alert, { lastPagedAt: ctx.now, pageAttempt: page.attempt + 1 });
  return draft.finish("on-call-paged", {
    escalationId: alert.escalationId,
    tier: page.tier,
    attempt: page.attempt,
    outcome: page.outcome,
  });
}
