import { addDays, dayOfWeek } from "./zoned-time.ts";

/** A public holiday of the United States on the day on which it is observed. */
export type Holiday = { readonly on: string; readonly words: string };

const monday = 1;
const thursday = 4;
const saturday = 6;
const sunday = 7;

/** The n-th such day of a month. */
function nth(year: number, month: number, weekday: number, n: number): string {
  const first = `${year}-${String(month).padStart(2, "0")}-01`;
  return addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + (n - 1) * 7);
}

function lastMonday(year: number, month: number): string {
  const next = nth(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, monday, 1);
  return addDays(next, -7);
}

/** A fixed day: on a Saturday it is observed on the Friday before, on a Sunday on the Monday after. */
function observed(on: string): string {
  const day = dayOfWeek(on);
  return addDays(on, day === saturday ? -1 : day === sunday ? 1 : 0);
}

/**
 * The holidays that federal offices of the United States keep in a year (5 U.S.C. 6103), as they are observed. New
 * Year's Day of the next year can be observed on the last day of this one.
 */
export function federalHolidays(year: number): readonly Holiday[] {
  return [
    { on: observed(`${year}-01-01`), words: "New Year's Day" },
    { on: nth(year, 1, monday, 3), words: "Martin Luther King Jr. Day" },
    { on: nth(year, 2, monday, 3), words: "Presidents' Day" },
    { on: lastMonday(year, 5), words: "Memorial Day" },
    { on: observed(`${year}-06-19`), words: "Juneteenth" },
    { on: observed(`${year}-07-04`), words: "Independence Day" },
    { on: nth(year, 9, monday, 1), words: "Labor Day" },
    { on: nth(year, 10, monday, 2), words: "Columbus Day" },
    { on: observed(`${year}-11-11`), words: "Veterans Day" },
    { on: nth(year, 11, thursday, 4), words: "Thanksgiving Day" },
    { on: observed(`${year}-12-25`), words: "Christmas Day" },
    { on: observed(`${year + 1}-01-01`), words: "New Year's Day" },
  ];
}

/** The holidays from a date on, for a year: those that a person may confirm. */
export function holidaysAhead(today: string): readonly Holiday[] {
  const year = Number(today.slice(0, 4));
  const last = addDays(today, 365);
  const byDay = new Map(
    [year, year + 1].flatMap(federalHolidays).map((holiday) => [holiday.on, holiday]),
  );
  return [...byDay.values()]
    .filter(({ on }) => on >= today && on <= last)
    .toSorted((left, right) => left.on.localeCompare(right.on));
}
