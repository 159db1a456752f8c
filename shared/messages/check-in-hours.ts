import { nextInstantWithStaffedMinutes, type StaffedSite } from "../care/program/staffed-time.ts";
import { toInstant } from "../care/time/instants.ts";
import { isInWindow, nextInWindow, spread } from "../care/time/zoned-time.ts";
import { type PlannedInstants, type PlanTiming, planInstants } from "./plan-instants.ts";

/** Staffed minutes that must be left when a message asks for a check-in. */
export const checkInStaffedMinutes = 240;
/** Days tried to find an hour that suits the participant's window and the site's staffed hours. */
const maxTries = 14;
/** Messages that wait for the same hour leave within this many minutes of it. */
const spreadMinutes = 15;
const minute = 60_000;

/** The first instant at or after the given one at which a check-in's message may go. */
export function nextForCheckIn(site: StaffedSite, instant: string): string {
  return nextInstantWithStaffedMinutes(site, instant, checkInStaffedMinutes);
}

/**
 * Times a check-in's message like any other, and moves it on where too little staffed time would be left:
 * a reminder that falls on a Saturday goes on Monday, and makes sense for as long from there. Too late
 * where the participant's hours and the staffed hours do not meet: then a person has to call.
 */
export function planCheckInInstants(timing: PlanTiming, site: StaffedSite): PlannedInstants {
  const instants = planInstants(timing);
  if (nextForCheckIn(site, instants.sendAt) === instants.sendAt) return instants;
  const opens = nextShared(timing, site, instants.sendAt);
  if (opens === undefined) return { ...instants, isTooLate: true };
  const sendAt = spreadFrom(timing, site, opens);
  const expiresAt = toInstant(Date.parse(sendAt) + timing.row.expiresAfterHours * 60 * minute);
  const { endsAt } = timing;
  const limit = endsAt !== undefined && endsAt < expiresAt ? endsAt : expiresAt;
  return { sendAt, expiresAt: limit, isTooLate: sendAt >= limit };
}

/** The first instant that is in the participant's window and has enough staffed time left. */
function nextShared(
  { row, timeZone }: PlanTiming,
  site: StaffedSite,
  from: string,
): string | undefined {
  let at = from;
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const opens = nextInWindow(nextForCheckIn(site, at), row.window, timeZone);
    if (opens === undefined) return undefined;
    if (nextForCheckIn(site, opens) === opens) return opens;
    at = opens;
  }
  return undefined;
}

/** The participant's own place after an instant, as long as it suits both. */
function spreadFrom(timing: PlanTiming, site: StaffedSite, from: string): string {
  const place = spread(`${timing.participantId}#${timing.row.step}`, spreadMinutes);
  const later = toInstant(Date.parse(from) + place * minute);
  const isFine =
    isInWindow(later, timing.row.window, timing.timeZone) && nextForCheckIn(site, later) === later;
  return isFine ? later : from;
}
