import type { Episode } from "../episode/episode.ts";
import { isOnline, type Session } from "../episode/session.ts";
import type { PayerDayRule, Program, ProgramPayer } from "../program/program.ts";
import { hoursLabel, scheduledMinutes } from "./hours.ts";

/** A day of somebody's week, as a payer that pays by the day looks at it. */
export type PayerDay = {
  /** Local date at the site. */
  readonly on: string;
  /** Minutes attended that count for the program, as they were entered: the raw hours. */
  readonly minutes: number;
  /** Minutes of them that the payer pays for; none where the day does not count. */
  readonly paidMinutes: number;
  /** `open` while it can still come to count. */
  readonly state: "counts" | "open" | "does-not-count";
  /** Why it does not count yet, or at all, or not with all its minutes; missing where there is nothing to say. */
  readonly why?: string;
};

/** The same for one person: by the rule of whoever pays for them on that day. */
export type OwnPayerDay = PayerDay & {
  /** The title of their payer, where the program names it. */
  readonly payer?: string;
  /** False where whoever pays on that day does not pay by the day. */
  readonly isByDay: boolean;
};

/** The rule by which days count for whoever has no payer of their own; `undefined` where it is not paid by the day. */
export function payerDayRule({
  payerDay,
  dayMinutes,
}: Program["weeklyHours"]): PayerDayRule | undefined {
  return payerDay ?? (dayMinutes === undefined ? undefined : { minimumMinutes: dayMinutes });
}

/** The payer that staff said somebody has on a local date; one that their program does not name stands by its key. */
export function payerOn(
  { payers: known = [] }: Program["weeklyHours"],
  { payers = [] }: Pick<Episode, "payers">,
  on: string,
): ProgramPayer | string | undefined {
  const own = payers.findLast(({ from }) => from <= on)?.payer;
  return known.find(({ payer }) => payer === own) ?? own;
}

/** {@link payerDays} of one person, each day by the rule of whoever pays for them then. */
export function ownPayerDays(
  hours: Program["weeklyHours"],
  episode: Pick<Episode, "payers">,
  sessions: readonly Session[],
): readonly OwnPayerDay[] {
  return [...Map.groupBy(sessions, ({ on }) => on)]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .flatMap(([on, ofDay]) => {
      const own = payerOn(hours, episode, on);
      const isNamed = typeof own === "object";
      const rule = isNamed ? own.payerDay : payerDayRule(hours);
      return payerDays(ofDay, rule).map((day) => ({
        ...day,
        ...(isNamed ? { payer: own.title } : {}),
        isByDay: rule !== undefined,
      }));
    });
}

/**
 * The days on which somebody was at a session that counts, in their order, by the payer's rule.
 *
 * @param sessions - of one week or day; what is planned and not marked yet can still be attended
 */
export function payerDays(
  sessions: readonly Session[],
  rule: PayerDayRule | undefined,
): readonly PayerDay[] {
  const counting = sessions.filter(({ counts, status }) => counts && status !== "cancelled");
  return [...Map.groupBy(counting, ({ on }) => on)]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .flatMap(([on, ofDay]) => {
      const minutes = sum(ofDay, attended);
      return minutes === 0 ? [] : [payerDay(on, minutes, ofDay, rule)];
    });
}

function payerDay(
  on: string,
  minutes: number,
  ofDay: readonly Session[],
  rule: PayerDayRule | undefined,
): PayerDay {
  if (rule === undefined) return { on, minutes, paidMinutes: minutes, state: "counts" };
  const ofPayer = ofDay.filter((one) => rule.countsOnline !== false || !isOnline(one));
  const came = ofPayer.filter((one) => attended(one) > 0);
  const toCome = ofPayer.filter(({ status }) => status === "planned");
  const is = { minutes: sum(came, attended), services: came.length };
  const online = ofPayer.length < ofDay.length ? "online sessions do not count" : undefined;
  const short = shortBy(is, rule);
  if (short === undefined) {
    const { maximumMinutes: most = is.minutes } = rule;
    const above = is.minutes > most ? `${hoursLabel(most)} of it are paid at most` : undefined;
    return {
      ...{ on, minutes, paidMinutes: Math.min(is.minutes, most), state: "counts" },
      ...withWhy(above, online),
    };
  }
  const isOpen =
    shortBy(
      {
        minutes: is.minutes + sum(toCome, scheduledMinutes),
        services: is.services + toCome.length,
      },
      rule,
    ) === undefined;
  return {
    ...{ on, minutes, paidMinutes: 0, state: isOpen ? "open" : "does-not-count" },
    ...withWhy(short, online),
  };
}

function withWhy(...parts: readonly (string | undefined)[]): { readonly why?: string } {
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? {} : { why: said.join("; ") };
}

function attended({ attendance }: Session): number {
  return attendance?.attendedMinutes ?? 0;
}

function sum(sessions: readonly Session[], of: (session: Session) => number): number {
  return sessions.reduce((total, one) => total + of(one), 0);
}

/** What a day lacks to count, in words; `undefined` where that is nothing. */
function shortBy(
  is: { readonly minutes: number; readonly services: number },
  { minimumMinutes, minimumServices = 1 }: PayerDayRule,
): string | undefined {
  const lacks = minimumMinutes - is.minutes;
  const parts = [
    ...(lacks > 0 ? [`${lacks} min short of ${hoursLabel(minimumMinutes)}`] : []),
    ...(is.services < minimumServices
      ? [`${is.services} of at least ${minimumServices} services`]
      : []),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** How a day stands, in the words that staff read: `counts as a day`, or why it does not. */
export function payerDayWords({ state, why }: PayerDay): string {
  const words = {
    counts: "counts as a day",
    open: "can still count as a day",
    "does-not-count": "does not count as a day",
  }[state];
  return why === undefined ? words : `${words}: ${why}`;
}
