import { ownValue } from "../care/text/own-value.ts";
import { addDays, localDate } from "../care/time/zoned-time.ts";
import { primaryLanguage } from "./message-language.ts";
import type { TemplateValues } from "./template.ts";

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
        }),
    ...(wasAt === undefined ? {} : { was: `${dayWord(there, wasAt, today)}, ${time(wasAt)}` }),
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
  return new Intl.DateTimeFormat(place.language, { ...options, timeZone: place.timeZone })
    .format(Date.parse(instant))
    .replaceAll(/[\u00a0\u202f]/g, " ");
}
