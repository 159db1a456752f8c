import * as z from "zod";
import { fieldsOf, textOf } from "./response-items.ts";

/** A form older than this is said to be: its questions ask about the last weeks. */
const oldAfterDays = 30;
/** No questionnaire that is used here is older: a date before it stands for none, as 1900-01-01 does. */
const firstYear = 1989;

type FormDate = {
  /** `YYYY-MM-DD`, where the form says the day. */
  readonly on?: string;
  /** Whether its answers can stand on file with their day: they are asked again otherwise. */
  readonly isKnown: boolean;
  readonly problems: readonly string[];
};

/**
 * When a form was filled in. Its score stands with that day, and an old one is said to be old. Answers of the
 * future, of a day that cannot be read, or of a year long ago are kept and not scored. FHIR dates may be a
 * year, a month, a day or an instant.
 */
export function readDate(response: unknown, today: string | undefined): FormDate {
  const said = dateSaid(response);
  if (said === undefined || today === undefined) return { isKnown: true, problems: [] };
  const again = "it is asked again";
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?![\d-])/.exec(textOf(said) ?? "");
  const [written = "", year = "", month, day] = parts ?? [];
  const first = Date.parse(`${year}-${month ?? "01"}-${day ?? "01"}`);
  // The 30th of February is no day, though it can be counted.
  const isNoDay = day !== undefined && !z.iso.date().safeParse(written).success;
  if (parts === null || isNoDay || Number.isNaN(first) || Number(year) < firstYear)
    return { isKnown: false, problems: [`has a date that cannot be read: ${again}`] };
  const dayMs = 86_400_000;
  if (first - Date.parse(today) > dayMs)
    return {
      isKnown: false,
      problems: [`says that it was filled in on ${written}, which is in the future: ${again}`],
    };
  // Where it is tomorrow already, the form was filled in today.
  const on = day === undefined ? {} : { on: written > today ? today : written };
  if ((Date.parse(today) - first) / dayMs <= oldAfterDays)
    return { isKnown: true, ...on, problems: [] };
  const old = `was filled in on ${written}: it tells how things were then`;
  // A score stands with its own day; a year or a month is none.
  return day === undefined
    ? { isKnown: false, problems: [`${old}, and ${again}`] }
    : { isKnown: true, ...on, problems: [old] };
}

/** The date that a response or an observation gives, as it stands there: of a period its end. */
export function dateSaid(response: unknown): unknown {
  const { authored, effectiveDateTime, effectiveInstant, effectivePeriod, issued } =
    fieldsOf(response);
  const { start, end } = fieldsOf(effectivePeriod);
  const all = [authored, effectiveDateTime, effectiveInstant, end, start, issued];
  return all.find((one) => one !== undefined);
}
