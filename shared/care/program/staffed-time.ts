import { toInstant } from "../time/instants.ts";
import { addDays, dayOfWeek, instantAt, localDate } from "../time/zoned-time.ts";
import type { Site } from "./site.ts";

/** What staffed time is worked out from. */
export type StaffedSite = Pick<Site, "staffedHours" | "closures" | "timeZone">;

type Span = { readonly from: string; readonly to: string };

/** The staffed spans of one local date as instants; none on a closure. */
export function staffedSpans(site: StaffedSite, date: string): readonly Span[] {
  if (site.closures.some((closure) => closure.on === date)) return [];
  return site.staffedHours
    .filter((hours) => hours.dayOfWeek === dayOfWeek(date))
    .map((hours) => ({
      from: instantAt(date, hours.from, site.timeZone),
      to: instantAt(date, hours.to, site.timeZone),
    }))
    .sort((left, right) => left.from.localeCompare(right.from));
}

/** True when the site has people there at this instant (RFC 3339 UTC), closures counted. */
export function isStaffed(site: StaffedSite, instant: string): boolean {
  return staffedSpans(site, localDate(instant, site.timeZone)).some(
    (span) => span.from <= instant && instant < span.to,
  );
}

/** Staffed minutes left today at an instant; 0 outside staffed hours. */
export function staffedMinutesLeft(site: StaffedSite, instant: string): number {
  const span = staffedSpans(site, localDate(instant, site.timeZone)).find(
    (one) => one.from <= instant && instant < one.to,
  );
  return span === undefined ? 0 : (Date.parse(span.to) - Date.parse(instant)) / 60_000;
}

/** True when someone is named to be reached at the instant, staffed or not. */
export function hasNamedOnCall(site: Site, instant: string): boolean {
  return (
    site.onCall !== undefined ||
    site.rota.some((entry) => entry.from <= instant && instant < entry.to)
  );
}

const searchDays = 60;

/** The first staffed instant at or after the given one. A site without any staffed hour gets the instant itself. */
export function nextStaffedInstant(site: StaffedSite, instant: string): string {
  const today = localDate(instant, site.timeZone);
  for (let day = 0; day <= searchDays; day += 1) {
    for (const span of staffedSpans(site, addDays(today, day))) {
      if (span.to > instant) return span.from > instant ? span.from : instant;
    }
  }
  return instant;
}

/**
 * The first instant at or after the given one with at least this many staffed minutes left in its span.
 * A site that is never staffed that long at a stretch gets its next staffed instant.
 */
export function nextInstantWithStaffedMinutes(
  site: StaffedSite,
  instant: string,
  minutes: number,
): string {
  const today = localDate(instant, site.timeZone);
  for (let day = 0; day <= searchDays; day += 1) {
    for (const span of staffedSpans(site, addDays(today, day))) {
      const from = span.from > instant ? span.from : instant;
      if (Date.parse(span.to) - Date.parse(from) >= minutes * 60_000) return from;
    }
  }
  return nextStaffedInstant(site, instant);
}

/** The instant at which this many staffed minutes have passed. */
export function addStaffedMinutes(site: StaffedSite, instant: string, minutes: number): string {
  let left = minutes * 60_000;
  let from = instant;
  const today = localDate(instant, site.timeZone);
  for (let day = 0; day <= searchDays; day += 1) {
    for (const span of staffedSpans(site, addDays(today, day))) {
      if (span.to <= from) continue;
      const start = span.from > from ? span.from : from;
      const available = Date.parse(span.to) - Date.parse(start);
      if (left <= available) return toInstant(Date.parse(start) + left);
      left -= available;
      from = span.to;
    }
  }
  return toInstant(Date.parse(instant) + minutes * 60_000);
}

/** The end of the next staffed day after the instant's own local date. */
export function endOfNextStaffedDay(site: StaffedSite, instant: string): string {
  const today = localDate(instant, site.timeZone);
  for (let day = 1; day <= searchDays; day += 1) {
    const last = staffedSpans(site, addDays(today, day)).at(-1);
    if (last !== undefined) return last.to;
  }
  return toInstant(Date.parse(instant) + 24 * 3_600_000);
}
