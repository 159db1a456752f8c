import type { Site } from "../../../shared/care/program/site.ts";
import { dateFormat } from "../../../shared/care/time/date-format.ts";
import { addDays } from "../../../shared/care/time/zoned-time.ts";
import { locales } from "../../../shared/web/texts/dates.ts";
import type { Language } from "../../../shared/web/texts/language.ts";

const monday = "2024-01-01";

/** Day, date and time of an instant where the site is. */
export function instantLabel(instant: string, timeZone: string, language: Language): string {
  return dateFormat(locales[language], {
    weekday: "long",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  }).format(new Date(instant));
}

/** Wall time `HH:MM` as people say it. */
export function timeLabel(time: string, language: Language): string {
  return dateFormat(locales[language], {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  }).format(new Date(`${monday}T${time}:00Z`));
}

function dayName(dayOfWeek: number, language: Language): string {
  return dateFormat(locales[language], { weekday: "long", timeZone: "UTC" }).format(
    new Date(`${addDays(monday, dayOfWeek - 1)}T12:00:00Z`),
  );
}

/** The site's staffed hours in lines: days with the same hours in a row become one line. */
export function hoursLabel(
  site: Pick<Site, "staffedHours">,
  language: Language,
): readonly string[] {
  const days = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => {
    const spans = site.staffedHours
      .filter((span) => span.dayOfWeek === day)
      .map(
        (span) =>
          `${timeLabel(span.from, language)} ${language === "es" ? "a" : "to"} ${timeLabel(span.to, language)}`,
      );
    return spans.length === 0 ? [] : [{ day, hours: spans.join(", ") }];
  });
  const runs: { from: number; to: number; hours: string }[] = [];
  for (const { day, hours } of days) {
    const last = runs.at(-1);
    if (last !== undefined && last.hours === hours && last.to === day - 1) last.to = day;
    else runs.push({ from: day, to: day, hours });
  }
  return runs.map(({ from, to, hours }) => {
    const first = dayName(from, language);
    const range =
      from === to ? first : `${first} ${language === "es" ? "a" : "to"} ${dayName(to, language)}`;
    return `${range.charAt(0).toUpperCase()}${range.slice(1)}, ${hours}`;
  });
}
