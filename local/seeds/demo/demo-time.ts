import { Temporal } from "temporal-polyfill";

/** Both sites' days are counted where the first one is. */
const zone = "America/New_York";

export type Day = Temporal.PlainDate;

/** The local date of an instant, epoch milliseconds. */
export function dayOf(epochMs: number): Day {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate();
}

/** A local date as it is written, `YYYY-MM-DD`. */
export function dayNamed(date: string): Day {
  return Temporal.PlainDate.from(date);
}

/** A wall time of a day, epoch milliseconds. */
export function instantOf(day: Day, wallTime: string): number {
  return day.toZonedDateTime({ timeZone: zone, plainTime: wallTime }).epochMilliseconds;
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** True from Monday to Friday. */
export function isWeekday(day: Day): boolean {
  return day.dayOfWeek <= 5;
}

/** Whole days from one day to a later one. */
export function daysBetween(from: Day, to: Day): number {
  return from.until(to, { largestUnit: "days" }).days;
}
