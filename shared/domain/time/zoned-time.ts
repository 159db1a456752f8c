import { Temporal } from "temporal-polyfill";

/** Local calendar date `YYYY-MM-DD` of an instant in a zone. */
export function localDate(instant: string, timeZone: string): string {
  return zoned(instant, timeZone).toPlainDate().toString();
}

/** Local wall time `HH:MM` of an instant in a zone. */
export function localTime(instant: string, timeZone: string): string {
  return zoned(instant, timeZone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** ISO day of week, 1 = Monday. */
export function dayOfWeek(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" })
    .days;
}

/** The Monday of the date's week. */
export function mondayOf(date: string): string {
  return addDays(date, 1 - dayOfWeek(date));
}

/** ISO week key such as `2026-W48`. */
export function isoWeekKey(date: string): string {
  const plain = Temporal.PlainDate.from(date);
  return `${plain.yearOfWeek}-W${String(plain.weekOfYear).padStart(2, "0")}`;
}

/**
 * The instant of a wall time on a date in a zone. A time that the clocks skip in spring is moved
 * forward by the gap; one that happens twice in autumn is the first.
 */
export function instantAt(date: string, time: string, timeZone: string): string {
  const zonedTime = Temporal.PlainDate.from(date)
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(timeZone, { disambiguation: "compatible" });
  return toInstant(zonedTime.epochMilliseconds);
}

export function toInstant(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

export function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}

export function isKnownTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Whole years between a birth date and the local date. */
export function ageInYears(birthDate: string, on: string): number {
  return Temporal.PlainDate.from(birthDate).until(Temporal.PlainDate.from(on), {
    largestUnit: "years",
  }).years;
}

function zoned(instant: string, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
}
