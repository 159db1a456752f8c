import { nextInstantWithStaffedMinutes, type StaffedSite } from "../time/staffed-time.ts";
import { type PlannedInstants, type PlanTiming, planInstants } from "./plan-instants.ts";

/** Staffed minutes that must be left when a message asks for a check-in. */
export const checkInStaffedMinutes = 240;
/** Tries to find an instant that suits the participant's window and the site's hours. */
const mostTries = 10;

/** The first instant at or after the given one at which a check-in's message may go. */
export function nextForCheckIn(site: StaffedSite, instant: string): string {
  return nextInstantWithStaffedMinutes(site, instant, checkInStaffedMinutes);
}

/**
 * Times a check-in's message like any other, and moves it on where too little staffed time would be left:
 * a reminder that falls on a Saturday goes on Monday, and makes sense for as long from there.
 */
export function planCheckInInstants(timing: PlanTiming, site: StaffedSite): PlannedInstants {
  let instants = planInstants(timing);
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const staffedAt = nextForCheckIn(site, instants.sendAt);
    if (staffedAt === instants.sendAt) return instants;
    const row = { ...timing.row, offsetMinutes: 0 };
    instants = planInstants({ ...timing, row, anchorAt: staffedAt });
  }
  return instants;
}
