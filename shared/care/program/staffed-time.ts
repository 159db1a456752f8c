import { toInstant } from "../time/instants.ts";
import { addDays, dayOfWeek, instantAt, localDate } from "../time/zoned-time.ts";
import type { Site } from "./site.ts";

/** What staffed time is worked out from. */
export type StaffedSite = Pick<Site, "staffedHours" | "closures" | "timeZone">;

type Span = { readonly from: string; readonly to: string };

/** The staffed spans of one local date as instants; none on a closure. */
export function staffedSpans(site: StaffedSite, date: string): readonly Span[] {
  if (closureOn(site, date) !== undefined) return [];
  return site.staffedHours
    .filter((hours) => hours.dayOfWeek === dayOfWeek(date))
    .map((hours) => ({
      from: instantAt(date, hours.from, site.timeZone),
      to: instantAt(date, hours.to, site.timeZone),
    }))
    .flatMap((span) => withoutClosed(site, date, span))
    .sort((left, right) => left.from.localeCompare(right.from));
}

/** What is left of a span when the hours in which the site is closed that day are taken out. */
function withoutClosed(site: StaffedSite, date: string, span: Span): readonly Span[] {
  let left: readonly Span[] = [span];
  for (const closure of site.closures) {
    const closed = closure.on === date ? closedSpan(closure, site.timeZone) : undefined;
    if (closed === undefined || isOnlineDay(closure)) continue;
    left = left
      .flatMap(({ from, to }) => [
        { from, to: to < closed.from ? to : closed.from },
        { from: from > closed.to ? from : closed.to, to },
      ])
      .filter(({ from, to }) => from < to);
  }
  return left;
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

type Closure = Site["closures"][number];
type ClosedSite = Pick<Site, "closures" | "timeZone">;

/** A stretch of one local date. */
type SpanOfDay = { readonly on: string; readonly startAt: string; readonly endAt: string };

/** Why the site is closed that whole day; `undefined` where it is open, or for a part of it, or works online. */
export function closureOn(site: Pick<Site, "closures">, on: string): Closure | undefined {
  return site.closures.find(
    (closure) => closure.on === on && closure.hours === undefined && !isOnlineDay(closure),
  );
}

/** True for a day on which the site works, and everybody stays at home: sessions are held online. */
export function isOnlineDay({ onlineAddress }: Closure): boolean {
  return onlineAddress !== undefined;
}

/** The hours of a closure as instants; the whole day where it names none. */
export function closedSpan(
  { on, hours }: Closure,
  timeZone: string,
): { readonly from: string; readonly to: string } | undefined {
  if (hours === undefined) return undefined;
  return { from: instantAt(on, hours.from, timeZone), to: instantAt(on, hours.to, timeZone) };
}

function isDuring(closure: Closure, { on, startAt, endAt }: SpanOfDay, timeZone: string): boolean {
  if (closure.on !== on) return false;
  const span = closedSpan(closure, timeZone);
  return span === undefined || (span.from < endAt && startAt < span.to);
}

/** Why the site does not hold a session then; `undefined` where it does. */
export function closureDuring(site: ClosedSite, span: SpanOfDay): Closure | undefined {
  return site.closures.find(
    (closure) => !isOnlineDay(closure) && isDuring(closure, span, site.timeZone),
  );
}

/** Where a session is held online because the site is shut then; `undefined` where it is not. */
export function onlineDuring(site: ClosedSite, span: SpanOfDay): string | undefined {
  return site.closures.find(
    (closure) => isOnlineDay(closure) && isDuring(closure, span, site.timeZone),
  )?.onlineAddress;
}
