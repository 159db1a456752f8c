import * as z from "zod";
import { phoneLabel } from "../care/contact-points/contact-point.ts";
import type { Instrument } from "../care/program/instrument.ts";
import type { Stored } from "../care/stored/fields.ts";
import { ownValue } from "../care/text/own-value.ts";
import { dateFormat } from "../care/time/date-format.ts";
import { addDays, localDate } from "../care/time/zoned-time.ts";

/** The reviewed words of one message in one language, by channel. */
const messageTemplate = z.object({
  /** Body of a text. */
  sms: z.exactOptional(z.string()),
  emailSubject: z.exactOptional(z.string()),
  /** Body of an email; paragraphs are separated by an empty line. */
  emailBody: z.exactOptional(z.string()),
});
export type MessageTemplate = Stored<typeof messageTemplate>;

/** All templates of a program: language → template id → words. */
export const messageTemplatesSchema = z.record(z.string(), z.record(z.string(), messageTemplate));
export type MessageTemplates = Stored<typeof messageTemplatesSchema>;

/**
 * The only variables a template may hold, written `{name}`. None of them can carry health information:
 * the sender's neutral name, its phone, a link, and when something is.
 */
export const templateVariables = [
  "org",
  "phone",
  "link",
  "time",
  "dayWord",
  "date",
  "was",
  "place",
] as const;
export type TemplateVariable = (typeof templateVariables)[number];
export type TemplateValues = Readonly<Partial<Record<TemplateVariable, string>>>;

/** True for a name that message texts may hold between braces. */
export function isTemplateVariable(name: string): name is TemplateVariable {
  return (templateVariables as readonly string[]).includes(name);
}

/** Every `{…}` of a text, in order, with where it starts. */
export function placeholders(
  text: string,
): readonly { readonly name: string; readonly index: number }[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => ({
    name: match[1] ?? "",
    index: match.index,
  }));
}

/**
 * The language of the program's templates that serves a participant: the exact tag, else the same
 * primary language (`es-MX` is served by `es`). `undefined` means that nobody reviewed templates for it.
 */
export function messageLanguage(languages: readonly string[], wanted: string): string | undefined {
  const exact = languages.find((language) => language.toLowerCase() === wanted.toLowerCase());
  if (exact !== undefined) return exact;
  const primary = primaryLanguage(wanted);
  return languages.find((language) => primaryLanguage(language) === primary);
}

/** The language of a tag without region and script: `es` of `es-MX`. Never throws, whatever the text is. */
export function primaryLanguage(tag: string): string {
  return (tag.split("-")[0] ?? tag).toLowerCase();
}

/**
 * The values of a message's variables. A visit's time is the wall time where it is held, `visitZone`: at the site, or
 * where the participant is when it is online. `{dayWord}` is "today", "tomorrow" or "yesterday" where that is so for the
 * participant on the day of sending, else the day's name.
 */
export function templateValues(input: {
  readonly senderName: string;
  /** E.164. */
  readonly phone: string;
  readonly language: string;
  readonly timeZone: string;
  readonly now: string;
  readonly aboutAt?: string;
  /** When what it speaks of was before it was moved. */
  readonly wasAt?: string;
  /** The zone of what it speaks of; the participant's own where nothing is said. */
  readonly visitZone?: string;
  /** What it speaks of is online, and not at the site. */
  readonly isOnline?: boolean;
  /** Where the site is. */
  readonly address?: string | undefined;
  readonly link?: string;
}): TemplateValues {
  const { aboutAt, wasAt } = input;
  const there = { language: input.language, timeZone: input.visitZone ?? input.timeZone };
  const today = localDate(input.now, input.timeZone);
  const time = (instant: string) => format(there, instant, { hour: "numeric", minute: "2-digit" });
  return {
    org: input.senderName,
    phone: phoneLabel(input.phone),
    ...(input.link === undefined ? {} : { link: input.link }),
    ...(aboutAt === undefined
      ? {}
      : {
          time: time(aboutAt),
          dayWord: dayWord(there, aboutAt, today),
          date: format(there, aboutAt, { month: "long", day: "numeric" }),
          place: placeWords(input),
        }),
    ...(wasAt === undefined ? {} : { was: `${dayWord(there, wasAt, today)}, ${time(wasAt)}` }),
  };
}

const places: Readonly<Record<string, { readonly online: string; readonly here: string }>> = {
  en: { online: "online", here: "at our office" },
  es: { online: "por internet", here: "en nuestra oficina" },
};

/** Where a visit is: online, or the site's address; "our office" where nobody has entered one. */
function placeWords(input: Parameters<typeof templateValues>[0]): string {
  const words = ownValue(places, primaryLanguage(input.language)) ?? places.en;
  if (input.isOnline === true) return words?.online ?? "online";
  return input.address ?? words?.here ?? "";
}

type Place = { readonly language: string; readonly timeZone: string };

const relativeDays: Readonly<
  Record<
    string,
    {
      readonly today: string;
      readonly tomorrow: string;
      readonly yesterday: string;
      readonly on: string;
    }
  >
> = {
  en: { today: "today", tomorrow: "tomorrow", yesterday: "yesterday", on: "" },
  es: { today: "hoy", tomorrow: "mañana", yesterday: "ayer", on: "el " },
};

/** @param today - the participant's own date */
function dayWord(there: Place, aboutAt: string, today: string): string {
  const words = ownValue(relativeDays, primaryLanguage(there.language));
  const day = localDate(aboutAt, there.timeZone);
  if (words !== undefined && day === today) return words.today;
  if (words !== undefined && day === addDays(today, 1)) return words.tomorrow;
  if (words !== undefined && day === addDays(today, -1)) return words.yesterday;
  return `${words?.on ?? ""}${format(there, aboutAt, { weekday: "long" })}`;
}

function format(place: Place, instant: string, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(place.language, { ...options, timeZone: place.timeZone })
    .format(Date.parse(instant))
    .replaceAll(/[\u00a0\u202f]/g, " ");
}

type Texts = Readonly<Record<string, string>>;

/** True where all of these texts are published in the language, given by its primary tag, such as `es`. */
function isSaidIn(language: string, texts: readonly (Texts | undefined)[]): boolean {
  return texts.every((text) => text === undefined || ownValue(text, language) !== undefined);
}

/** True for an item whose own words, and those of its answers, are published in the language. */
export function isItemPublished(
  instrument: Pick<Instrument, "options" | "stem">,
  item: Instrument["items"][number],
  language: string,
): boolean {
  // An item with answers of its own is read without the stem.
  const around = item.options === undefined ? [instrument.stem] : [];
  const options = (item.options ?? instrument.options).map(({ text }) => text);
  return isSaidIn(language, [item.text, ...around, ...options]);
}

/**
 * The titles of the instruments that cannot be put to a reader of this language: a required item has no published
 * wording in it. Nobody translates an instrument on the way; a person asks it with a qualified interpreter.
 *
 * @param language - a language tag; its primary part counts
 */
export function unpublishedIn(
  language: string,
  instrumentIds: readonly string[],
  instruments: Readonly<Record<string, Instrument>>,
): readonly string[] {
  const primary = language.toLowerCase().split("-")[0] ?? language;
  return instrumentIds.flatMap((instrumentId) => {
    const instrument = ownValue(instruments, instrumentId);
    const isWhole = instrument?.items.every(
      (item) => !item.required || isItemPublished(instrument, item, primary),
    );
    return isWhole === false ? [instrument?.title ?? instrumentId] : [];
  });
}
