import { ownValue } from "../care/text/own-value.ts";
import { addDays, localDate } from "../care/time/zoned-time.ts";
import { primaryLanguage } from "./message-language.ts";
import type { TemplateValues } from "./template.ts";

/**
 * The values of a message's variables. Times are told in the participant's own zone and language;
 * `{dayWord}` is "today", "tomorrow" or "yesterday" where that is so on the day of sending, else the day's name.
 */
export function templateValues(input: {
  readonly senderName: string;
  /** E.164. */
  readonly phone: string;
  readonly language: string;
  readonly timeZone: string;
  readonly now: string;
  readonly aboutAt?: string;
  readonly link?: string;
}): TemplateValues {
  const { aboutAt } = input;
  return {
    org: input.senderName,
    phone: phoneLabel(input.phone),
    ...(input.link === undefined ? {} : { link: input.link }),
    ...(aboutAt === undefined
      ? {}
      : {
          time: format(input, aboutAt, { hour: "numeric", minute: "2-digit" }),
          dayWord: dayWord(input, aboutAt),
          date: format(input, aboutAt, { month: "long", day: "numeric" }),
        }),
  };
}

/** A US number as people write it; any other as it is. */
export function phoneLabel(phone: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  return match === null ? phone : `(${match[1]}) ${match[2]}-${match[3]}`;
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

function dayWord(input: Place & { readonly now: string }, aboutAt: string): string {
  const words = ownValue(relativeDays, primaryLanguage(input.language));
  const today = localDate(input.now, input.timeZone);
  const day = localDate(aboutAt, input.timeZone);
  if (words !== undefined && day === today) return words.today;
  if (words !== undefined && day === addDays(today, 1)) return words.tomorrow;
  if (words !== undefined && day === addDays(today, -1)) return words.yesterday;
  return `${words?.on ?? ""}${format(input, aboutAt, { weekday: "long" })}`;
}

function format(place: Place, instant: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(place.language, { ...options, timeZone: place.timeZone })
    .format(Date.parse(instant))
    .replaceAll(/[\u00a0\u202f]/g, " ");
}
