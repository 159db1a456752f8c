import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/episode.ts";
import { staffedSpans } from "../care/program/staffed-time.ts";
import { raiseEscalation } from "../care/safety/raise-escalation.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { addHours } from "../care/time/instants.ts";
import { localDate } from "../care/time/zoned-time.ts";

const soonHours = 48;
/** Hours in which the on-call makes a same-day call outside staffed hours. */
const onCallHours = 2;

/**
 * Opens the call that a check-in's answers ask for, with the reasons in words. A call of the same day is
 * due before staffing ends; where nobody is staffed any more that day, the on-call is asked to decide.
 */
export function openCallForAnswers(draft: Draft, ctx: DecisionContext, checkIn: CheckIn): void {
  const isSameDay = checkIn.action === "same-day-call";
  const staffedUntil = staffedSpans(ctx.site, localDate(ctx.now, ctx.site.timeZone)).at(-1)?.to;
  const isStaffedToday = staffedUntil !== undefined && staffedUntil > ctx.now;
  const dueAt = !isSameDay
    ? addHours(ctx.now, soonHours)
    : isStaffedToday
      ? staffedUntil
      : addHours(ctx.now, onCallHours);
  const reasons = checkIn.reasons.map((reason) => reason.replace(/[.\s]+$/, "")).join(". ");
  openTask(draft, ctx, {
    taskKind: "check-in-call",
    occurrence: `c${checkIn.number}`,
    words: `Call ${isSameDay ? "today" : "within 48 hours"}, after check-in ${checkIn.number}. ${reasons}.`,
    assignedFunction: "case-manager",
    dueAt,
    priority: isSameDay ? "urgent" : "normal",
    about: { type: "check-in", id: checkIn.checkInId },
    evidence: { checkIn: checkIn.number, action: checkIn.action ?? "none" },
  });
  if (!isSameDay || isStaffedToday) return;
  raiseEscalation(draft, ctx, {
    occasion: `check-in-${checkIn.number}`,
    rule: "check-in.same-day-call",
    tier: "YELLOW",
    source: "check-in",
    about: `check-in-${checkIn.number}`,
    reason: `A check-in asks for a call on the same day and nobody is staffed: ${reasons}.`,
  });
}
