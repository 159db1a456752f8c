import { dateFormat } from "../../care/time/date-format.ts";
import type { Language } from "./language.ts";

/** How dates and times are written for readers of each language. */
export const locales = { en: "en-US", es: "es-US" } as const;

/** Day and date of a calendar date. */
export function dateLabel(
  date: string,
  language: Language,
  options: { readonly year?: boolean } = {},
): string {
  return dateFormat(locales[language], {
    ...(options.year === true ? { year: "numeric" } : { weekday: "long" }),
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${date}T12:00:00Z`));
}
