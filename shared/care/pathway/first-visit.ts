import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { owe } from "../tasks/owed-work.ts";
import { addHours } from "../time/instants.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";
import { assignedToKeeper } from "./aftercare-hand-off.ts";

const callWithinHours = 48;

/** Notes the day of the first visit after the discharge, as staff agreed it with whoever receives the person. */
export function noteFirstVisit(draft: Draft, visitOn: string): void {
  const { steady = 0, ...rest } = draft.episode.aftercare ?? {};
  draft.set({ aftercare: { ...rest, steady, firstVisitOn: visitOn } });
}

/**
 * Asks a person on the staffed day after the first visit whether it was kept: whoever misses it is rung within two
 * days, and not at the next check-in. Where no day is known, the check-ins ask.
 */
export function askAboutFirstVisit(draft: Draft, ctx: DecisionContext): void {
  const on = draft.episode.aftercare?.firstVisitOn;
  if (on === undefined) return;
  lookAfter(draft, ctx, on);
}

/** Looks again: after the visit's new day, or tomorrow where nobody knows yet. */
export function lookForVisitAgain(draft: Draft, ctx: DecisionContext, visitOn?: string): void {
  if (visitOn !== undefined) noteFirstVisit(draft, visitOn);
  lookAfter(draft, ctx, visitOn ?? localDate(ctx.now, ctx.site.timeZone));
}

function lookAfter(draft: Draft, ctx: DecisionContext, on: string): void {
  const evening = instantAt(addDays(on, 1), "00:00", ctx.site.timeZone);
  openTask(draft, ctx, {
    taskKind: "first-visit",
    occurrence: `${on}-v${draft.episode.version}`,
    words: `The first visit after the discharge is on ${on}. Find out afterwards whether it was kept.`,
    dueAt: endOfNextStaffedDay(
      ctx.site,
      addHours(evening, -1) > ctx.now ? addHours(evening, -1) : ctx.now,
    ),
    evidence: { visitOn: on },
  });
}

/** Whoever missed the first visit is rung within 48 hours: another one is booked, and what stood in the way is asked. */
export function callAboutMissedVisit(draft: Draft, ctx: DecisionContext): void {
  const occurrence = `first-visit-v${draft.episode.version}`;
  const assignedFunction = "case-manager";
  const dueAt = addHours(ctx.now, callWithinHours);
  openTask(draft, ctx, {
    taskKind: "check-in-call",
    occurrence,
    words:
      "Call within 48 hours: the first visit after the discharge was missed. Ask what stood in the way, and book another one with the person.",
    assignedFunction,
    ...assignedToKeeper(draft),
    dueAt,
    evidence: { action: "call-within-48-hours" },
    owed: owe(ctx.program, { kind: "call-within-48-hours", occurrence, assignedFunction, dueAt }),
  });
}
