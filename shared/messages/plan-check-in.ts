import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { nextStaffedInstant } from "../care/program/staffed-time.ts";
import { addRun } from "../care/runs/workflow-runs.ts";
import { addHours } from "../care/time/instants.ts";
import { addDays, instantAt, localDate } from "../care/time/zoned-time.ts";
import { itemKeys } from "../keys/keys.ts";
import { planCheckInInstants } from "./check-in-hours.ts";
import { usableChannels } from "./plan-messages.ts";

/** The sort key of a check-in; they count from 1. */
export function checkInSk(number: number): string {
  return itemKeys.checkIn(number);
}

/**
 * Plans one check-in of aftercare as a dormant run: nothing runs until its day. The first contact is
 * a call by staff on the next staffed day; the others fall on their day after the discharge.
 * @returns false when the program has no check-in of this number
 */
export function planCheckIn(draft: Draft, ctx: DecisionContext, number: number): boolean {
  const plan = ctx.program.aftercare.checkIns.find((checkIn) => checkIn.number === number);
  const { dischargedAt, episodeId } = draft.episode;
  if (plan === undefined || dischargedAt === undefined) return false;
  const { timeZone } = ctx.site;
  const dischargedOn = localDate(dischargedAt, timeZone);
  const day = number === 1 ? 1 : plan.day;
  const opens = instantAt(addDays(dischargedOn, day), "08:00", timeZone);
  const wanted = nextStaffedInstant(ctx.site, opens > ctx.now ? opens : ctx.now);
  const latest = addHours(dischargedAt, ctx.program.aftercare.firstCallWithinHours);
  // A long closure does not move the first call past its hours: it is due before them, staffed or not.
  const dueAt = number === 1 && wanted > latest && latest > ctx.now ? latest : wanted;
  draft.add({
    kind: "check-in",
    sk: checkInSk(number),
    version: 1,
    checkInId: ctx.newId(),
    number,
    checkInKind: plan.kind,
    status: "planned",
    dueAt,
    answers: {},
    reasons: [],
    submissions: [],
  });
  addRun(draft, {
    workflow: "aftercare",
    subject: `${episodeId}-c${number}`,
    startAt: plan.kind === "staff-call" ? dueAt : firstMessageAt(draft, ctx, dueAt),
    data: { number },
  });
  return true;
}

/**
 * When the check-in's first message would go: it opens then, rather than to wait for it from the morning
 * on. Where nothing can be sent, the call that takes its place is not put off.
 */
export function firstMessageAt(draft: Draft, ctx: DecisionContext, dueAt: string): string {
  const row = ctx.program.messages.find(
    ({ anchor, onlyWhen }) => anchor === "check-in-opened" && onlyWhen === undefined,
  );
  if (row === undefined || usableChannels(draft.episode, row).length === 0) return dueAt;
  const { timeZone, participantId } = draft.episode;
  const timing = { row, now: ctx.now, anchorAt: dueAt, timeZone, participantId };
  const { sendAt, isTooLate } = planCheckInInstants(timing, ctx.site);
  return isTooLate ? dueAt : sendAt;
}
