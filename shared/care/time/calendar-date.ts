/**
 * Calendar dates as numbers of days, by the rules of the Gregorian calendar alone: no zone has a say.
 * Counting days is what planning does most, and a number is a thousand times cheaper than a date object.
 */
const dayMilliseconds = 86_400_000;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const hyphen = 45;

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
