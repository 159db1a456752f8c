/**
 * Calendar dates as numbers of days, by the rules of the Gregorian calendar alone: no zone has a say.
 * Counting days is what planning does most, and a number is a thousand times cheaper than a date object.
 */
const dayMilliseconds = 86_400_000;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Days from 1970-01-01 to a date `YYYY-MM-DD`.
 * @throws {RangeError} when there is no such date
 */
export function dayNumber(date: string): number {
  const parts = datePattern.exec(date);
  if (parts === null) throw new RangeError("A date is written YYYY-MM-DD");
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  // March is the first month of these years: the leap day is the last day of one.
  const shifted = month <= 2 ? year - 1 : year;
  const century = Math.floor(shifted / 400);
  const yearOfEra = shifted - century * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const number = century * 146_097 + dayOfEra - 719_468;
  if (month < 1 || month > 12 || day < 1 || dateOf(number) !== date)
    throw new RangeError("There is no such date");
  return number;
}

/** The date `YYYY-MM-DD` that many days after 1970-01-01. */
export function dateOf(number: number): string {
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
export function dayOfWeekOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** The day that holds a wall-clock reading, and its milliseconds since midnight. */
export function splitWallClock(milliseconds: number): {
  readonly day: number;
  readonly milliseconds: number;
} {
  const day = Math.floor(milliseconds / dayMilliseconds);
  return { day, milliseconds: milliseconds - day * dayMilliseconds };
}

/** A wall-clock reading in milliseconds, as if it were UTC. */
export function wallClockOf(day: number, milliseconds: number): number {
  return day * dayMilliseconds + milliseconds;
}

export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
