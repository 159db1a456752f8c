import { dateFormat } from "../../../shared/care/time/date-format.ts";

/** An instant as staff read it, in the site's zone. */
export function inZone(instant: string | undefined, timeZone: string): string {
  if (instant === undefined || Number.isNaN(Date.parse(instant))) return "";
  return dateFormat("en-US", {
    timeZone,
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(Date.parse(instant));
}

/** The same for a row of a list: without day of the week and year, which its own page says. */
export function shortInZone(instant: string | undefined, timeZone: string): string {
  if (instant === undefined || Number.isNaN(Date.parse(instant))) return "";
  return dateFormat("en-US", {
    timeZone,
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(Date.parse(instant));
}

/** The day of an instant, for a row of a list. */
export function dayInZone(instant: string, timeZone: string): string {
  return dateFormat("en-US", { timeZone, month: "short", day: "numeric" }).format(
    Date.parse(instant),
  );
}

/** A sentence whose instants and local dates are told as staff read them. */
export function inWords(sentence: string, timeZone: string): string {
  return sentence
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (instant) => inZone(instant, timeZone))
    .replaceAll(/(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])/g, datesInWords);
}

/** A date that is none stays as it was written. */
function datesInWords(date: string): string {
  return Number.isNaN(Date.parse(`${date}T12:00:00Z`)) ? date : dateLabel(date);
}

/** The time of day only, to the second where it matters. */
export function timeOfDay(instant: string, timeZone: string, withSeconds = false): string {
  return dateFormat("en-US", {
    timeZone,
    hour: "numeric",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
  }).format(Date.parse(instant));
}

/** A local date such as 2027-01-15, as staff read it. */
export function dayLabel(date: string): string {
  return dateFormat("en-US", {
    timeZone: "UTC",
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
  }).format(Date.parse(`${date}T12:00:00Z`));
}

/** A local date such as 2027-01-15, beside other facts. */
export function dateLabel(date: string): string {
  return dateInZone(`${date}T12:00:00Z`, "UTC");
}

/** The local day of an instant, beside other facts. */
export function dateInZone(instant: string, timeZone: string): string {
  return dateFormat("en-US", {
    timeZone,
    month: "short",
    day: "numeric",
    year: "numeric",
  }).format(Date.parse(instant));
}

/** A time zone as people call it, such as `Pacific Time (Los Angeles)`. */
export function zoneName(zone: string): string {
  const city = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  const name = dateFormat("en-US", { timeZone: zone, timeZoneName: "longGeneric" })
    .formatToParts(0)
    .find(({ type }) => type === "timeZoneName")?.value;
  return name === undefined || name === city ? city : `${name} (${city})`;
}
