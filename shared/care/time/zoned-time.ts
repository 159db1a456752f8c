import { Temporal } from "temporal-polyfill";
import { toInstant } from "./instants.ts";

const minuteMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const hyphen = 45;
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Local calendar date `YYYY-MM-DD` of an instant in a zone. */
export function localDate(instant: string, timeZone: string): string {
  return dateOf(wallClock(instant, timeZone).day);
}

/** Local wall time `HH:MM` of an instant in a zone. */
export function localTime(instant: string, timeZone: string): string {
  const minutes = Math.floor(wallClock(instant, timeZone).milliseconds / minuteMilliseconds);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** ISO day of week, 1 = Monday. */
export function dayOfWeek(date: string): number {
  return dayOfWeekOf(dayNumber(date));
}

/** The calendar date so many days later, or earlier for a negative number. */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** The Monday of the date's week. */
export function mondayOf(date: string): string {
  const day = dayNumber(date);
  return dateOf(day + 1 - dayOfWeekOf(day));
}

/** ISO week key such as `2026-W48`. */
export function isoWeekKey(date: string): string {
  const day = dayNumber(date);
  // A week belongs to the year that holds its Thursday.
  const thursday = day + 4 - dayOfWeekOf(day);
  const year = dateOf(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${Number(year)}-W${two(week)}`;
}

/**
 * The instant of a wall time on a date in a zone. A time that the clocks skip in spring is moved
 * forward by the gap; one that happens twice in autumn is the first.
 */
export function instantAt(date: string, time: string, timeZone: string): string {
  const parts = timePattern.exec(time);
  if (parts === null) throw new RangeError("A wall time is written HH:MM");
  const minutes = Number(parts[1]) * 60 + Number(parts[2]);
  const wall = wallClockOf(
    dayNumber(date),
    minutes * minuteMilliseconds + Number(parts[3] ?? 0) * 1000,
  );
  const before = offsetAt(timeZone, wall - dayMilliseconds);
  const after = offsetAt(timeZone, wall + dayMilliseconds);
  const first = wall - before;
  if (before === after || offsetAt(timeZone, first) === before) return toInstant(first);
  const second = wall - after;
  // Neither reading exists in the hour that is skipped: the offset before it moves the time forward.
  return toInstant(offsetAt(timeZone, second) === after ? second : first);
}

/** True for a name of the IANA time zone database that this machine knows. */
export function isKnownTimeZone(timeZone: string): boolean {
  try {
    offsetAt(timeZone, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whole years between a birth date and the local date. */
export function ageInYears(birthDate: string, on: string): number {
  dayNumber(birthDate);
  dayNumber(on);
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function wallClock(instant: string, timeZone: string) {
  const epochMilliseconds = Date.parse(instant);
  return splitWallClock(epochMilliseconds + offsetAt(timeZone, epochMilliseconds));
}

// Calendar dates as numbers of days, by the rules of the Gregorian calendar alone: no zone has a say.
// Counting days is what planning does most, and a number is a thousand times cheaper than a date object.

/**
 * Days from 1970-01-01 to a date `YYYY-MM-DD`.
 * @throws {RangeError} when there is no such date
 */
export function dayNumber(date: string): number {
  const isForm =
    date.length === 10 && date.charCodeAt(4) === hyphen && date.charCodeAt(7) === hyphen;
  const year = digitsOf(date, 0, 4);
  const month = digitsOf(date, 5, 7);
  const day = digitsOf(date, 8, 10);
  // What is no digit is no number, and compares with nothing.
  const isDate = isForm && year >= 0 && day >= 1 && day <= daysOfMonth(year, month);
  if (!isDate) throw new RangeError("There is no such date; one is written YYYY-MM-DD");
  // March is the first month of these years: the leap day is the last day of one.
  const shifted = month <= 2 ? year - 1 : year;
  const century = Math.floor(shifted / 400);
  const yearOfEra = shifted - century * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return century * 146_097 + dayOfEra - 719_468;
}

/** The number that some places of a text hold; NaN where one of them is no digit. */
function digitsOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let place = from; place < to; place += 1) {
    const digit = text.charCodeAt(place) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return monthDays[month - 1] ?? 0;
}

/** The date `YYYY-MM-DD` that many days after 1970-01-01. */
function dateOf(number: number): string {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** ISO day of week of a day number, 1 = Monday. */
function dayOfWeekOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** The day that holds a wall-clock reading, and its milliseconds since midnight. */
function splitWallClock(milliseconds: number): {
  readonly day: number;
  readonly milliseconds: number;
} {
  const day = Math.floor(milliseconds / dayMilliseconds);
  return { day, milliseconds: milliseconds - day * dayMilliseconds };
}

/** A wall-clock reading in milliseconds, as if it were UTC. */
function wallClockOf(day: number, milliseconds: number): number {
  return day * dayMilliseconds + milliseconds;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** A stretch of time in which a zone keeps its distance from UTC: epoch milliseconds, `to` is outside. */
type Span = { readonly from: number; readonly to: number; readonly offset: number };

/** The rules of a zone never change while a process runs, and a zone has few stretches that anybody asks for. */
const spansByZone = new Map<string, Span[]>();

/**
 * How far a zone's wall clock is ahead of UTC at an instant, in milliseconds.
 * @throws {RangeError} when there is no such zone or the instant is no number
 */
export function offsetAt(timeZone: string, epochMilliseconds: number): number {
  let spans = spansByZone.get(timeZone);
  if (spans !== undefined) {
    for (const span of spans) {
      if (span.from <= epochMilliseconds && epochMilliseconds < span.to) return span.offset;
    }
  }
  const found = readSpan(timeZone, epochMilliseconds);
  if (spans === undefined) {
    spans = [];
    spansByZone.set(timeZone, spans);
  }
  // What was asked for last is asked for next.
  spans.unshift(found);
  return found.offset;
}

function readSpan(timeZone: string, epochMilliseconds: number): Span {
  const at = zoned(timeZone, epochMilliseconds);
  // "Previous" is strictly before: asked from a millisecond later, a change at this very instant counts.
  const began = zoned(timeZone, epochMilliseconds + 1).getTimeZoneTransition("previous");
  const ends = at.getTimeZoneTransition("next");
  return {
    from: began?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: ends?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / 1_000_000,
  };
}

function zoned(timeZone: string, epochMilliseconds: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone);
}

/** Wall times `HH:MM`; `to` is the first minute outside. */
export type WallWindow = { readonly from: string; readonly to: string };

/** Days searched for an open window; more than any real one needs. */
const searchDays = 14;

/**
 * True when the instant (RFC 3339 UTC) falls into the window on the wall clock of the zone; its end is
 * outside.
 */
export function isInWindow(instant: string, window: WallWindow, timeZone: string): boolean {
  const time = localTime(instant, timeZone);
  return window.from <= time && time < window.to;
}

/** The hours that both windows allow; `undefined` when they share none. */
export function sharedWindow(left: WallWindow, right: WallWindow): WallWindow | undefined {
  const from = left.from > right.from ? left.from : right.from;
  const to = left.to < right.to ? left.to : right.to;
  return from < to ? { from, to } : undefined;
}

/** The first instant at or after the given one inside the window; `undefined` for an empty window. */
export function nextInWindow(
  instant: string,
  window: WallWindow,
  timeZone: string,
): string | undefined {
  if (isInWindow(instant, window, timeZone)) return instant;
  const today = localDate(instant, timeZone);
  for (let day = 0; day <= searchDays; day += 1) {
    const opens = instantAt(addDays(today, day), window.from, timeZone);
    // A window that the clocks skip in spring opens on no instant of that day.
    if (opens >= instant && isInWindow(opens, window, timeZone)) return opens;
  }
  return undefined;
}

/** When the window that holds the instant ends. */
export function windowEnd(instant: string, window: WallWindow, timeZone: string): string {
  return instantAt(localDate(instant, timeZone), window.to, timeZone);
}

/**
 * FNV-1a, 32 bits: the same text always falls into the same bucket. Spreads planned sends over their
 * window; not for secrets.
 * @returns a whole number from 0 to `buckets` - 1
 */
export function spread(text: string, buckets: number): number {
  if (buckets <= 1) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash % buckets;
}
