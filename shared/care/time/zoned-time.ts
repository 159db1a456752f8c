import {
  dateOf,
  dayNumber,
  dayOfWeekOf,
  splitWallClock,
  two,
  wallClockOf,
} from "./calendar-date.ts";
import { offsetAt } from "./zone-offsets.ts";

const minuteMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;
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

export function toInstant(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

export function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / minuteMilliseconds;
}

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
