import type { Site } from "../program/site.ts";
import {
  hasNamedOnCall,
  nextInstantWithStaffedMinutes,
  staffedMinutesLeft,
} from "../program/staffed-time.ts";

/** Questions that can raise an alert close this long before the staff go home. */
const lastStaffedMinutes = 120;

/**
 * True when questions that can raise a safety alert may be asked by link: somebody is named to be reached,
 * or the site is staffed for two more hours (a default that a clinician signs off).
 * @param now - RFC 3339 UTC
 */
export function mayAskSafely(site: Site, now: string): boolean {
  return hasNamedOnCall(site, now) || staffedMinutesLeft(site, now) >= lastStaffedMinutes;
}

/** When they may be asked: the next instant with two staffed hours ahead. */
export function mayAskSafelyFrom(site: Site, now: string): string {
  return nextInstantWithStaffedMinutes(site, now, lastStaffedMinutes);
}
