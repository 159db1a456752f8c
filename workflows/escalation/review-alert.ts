import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { Program } from "../../shared/care/program/program.ts";
import type { ReviewResult } from "../../shared/care/runs/step-result.ts";
import { escalationOf } from "../../shared/care/safety/find-escalation.ts";
import { isToBeRead, nextReadPage } from "../../shared/care/safety/reading.ts";
import { addHours, addMinutes, earliest } from "../../shared/care/time/instants.ts";

const defaultTier = {
  rota: "primary",
  acknowledgeWithinMinutes: 15,
  repeatEveryMinutes: 5,
} as const;

/**
 * The first page is owed as an outbox entry of the very change that raised the alert; only where that page was
 * not made does the workflow make it, half a minute later. Otherwise everybody would be rung twice.
 */
const firstPageGraceMinutes = 0.5;

/** A tier of the program by its index; the last one where there are not so many. */
export function tierOf(program: Program, index: number) {
  return program.safety.pageTiers[index] ?? program.safety.pageTiers.at(-1) ?? defaultTier;
}

/** Acknowledging is not contact: the clock that matters runs to contact, and starts anew with each tier. */
function contactClock(alert: Escalation): string {
  return alert.contactDueAt > alert.tierEndsAt ? alert.contactDueAt : alert.tierEndsAt;
}

/** Minutes between two pages: the tier's own, and more seldom the longer nobody has taken the alert. */
export function repeatMinutes(ctx: DecisionContext, alert: Escalation, ofTier: number): number {
  const slower = ctx.program.safety.slowerPages.findLast(
    ({ afterHours }) => ctx.now >= addHours(alert.raisedAt, afterHours),
  );
  return Math.max(ofTier, slower?.repeatEveryMinutes ?? 0);
}

/**
 * What an alert needs now. Unacknowledged: page, again, then the next tier, round and round. Acknowledged without contact
 * in time: the next tier. Contacted: wait for a clinician to close it. Never ends by time.
 */
export function reviewAlert(
  state: OpenState,
  run: WorkflowRun,
  ctx: DecisionContext,
): ReviewResult {
  const alert = escalationOf(state, run);
  if (alert === undefined || alert.status === "closed") return { outcome: "closed" };
  const tier = tierOf(ctx.program, alert.pageTier);
  if (alert.status === "contacted")
    return { outcome: "wait", holdUntil: addMinutes(ctx.now, 24 * 60) };
  if (alert.status === "acknowledged") {
    const until = contactClock(alert);
    return ctx.now < until ? { outcome: "wait", holdUntil: until } : { outcome: "next-tier" };
  }
  if (isToBeRead(ctx.program, alert)) return reviewUnread(alert, ctx);
  if (alert.lastPagedAt === undefined) {
    const isFirst = alert.pageTier === 0 && alert.pageAttempt === 0;
    const graceEnds = addMinutes(alert.raisedAt, firstPageGraceMinutes);
    if (isFirst && ctx.now < graceEnds) return { outcome: "wait", holdUntil: graceEnds };
    return { outcome: "page" };
  }
  if (ctx.now >= alert.tierEndsAt) return { outcome: "next-tier" };
  const againAt = addMinutes(alert.lastPagedAt, repeatMinutes(ctx, alert, tier.repeatEveryMinutes));
  if (ctx.now >= againAt) return { outcome: "page" };
  return { outcome: "wait", holdUntil: earliest([againAt, alert.tierEndsAt]) ?? againAt };
}

/** What an alert needs that nobody has read yet: the next of its few pages, or time until then. */
function reviewUnread(alert: Escalation, ctx: DecisionContext): ReviewResult {
  const next = nextReadPage(alert, ctx);
  // The change that raised it owes the first page, where that is due at once.
  const isOwed = alert.pageAttempt === 0 && next.at === alert.raisedAt;
  const at = isOwed ? addMinutes(next.at, firstPageGraceMinutes) : next.at;
  if (ctx.now < at) return { outcome: "wait", holdUntil: at };
  return { outcome: next.tier === alert.pageTier ? "page" : "next-tier" };
}
