import type { CheckIn } from "../episode/check-in.ts";
import type { Episode } from "../episode/episode.ts";
import type { Program } from "../program/program.ts";
import { addDays, daysBetween } from "../time/zoned-time.ts";

/** Why a contact does not come on the day that the program has for everybody. */
export const contactReasons = ["closer", "stretched", "weekly-calls"] as const;

/** One contact of the aftercare as it is to be planned. */
export type Contact = {
  /** Counts the person's contacts, from 1. */
  readonly number: number;
  /** The last row of the program that it stands for; one in between repeats the row before it. */
  readonly row: number;
  /** Days after the discharge. */
  readonly day: number;
  readonly kind: CheckIn["checkInKind"];
  readonly why?: (typeof contactReasons)[number];
};

/** What decides when the next contact comes. */
export type Standing = {
  readonly program: Pick<Program, "aftercare">;
  readonly aftercare: Episode["aftercare"];
  /** The local date of the discharge. */
  readonly dischargedOn: string;
  /** The local date of today. */
  readonly today: string;
};

/** The first contact: the program's first row. */
export function firstContact({ aftercare }: Pick<Program, "aftercare">): Contact | undefined {
  const [first] = rowsOf(aftercare);
  return first === undefined
    ? undefined
    : { number: 1, row: first.number, day: first.day, kind: first.kind };
}

/**
 * The contact after one that is over, within the program's bounds: on its next day; earlier while an answer or an
 * alert asks for a closer look; later, and fewer, for somebody who has been well for long and whose team chose that; each
 * week by phone where the team chose weekly calls. The last day of the program stays the last: no stretch goes beyond it.
 *
 * @param last - the contact that is over
 * @returns `undefined` when no contact is left: a person is asked to close
 */
export function nextContact(
  standing: Standing,
  last: Pick<Contact, "number" | "row" | "day">,
): Contact | undefined {
  const number = last.number + 1;
  const rows = rowsOf(standing.program.aftercare);
  const row = rows.find((one) => one.number > last.row && one.day > last.day);
  const base: Contact | undefined =
    row === undefined ? undefined : { number, row: row.number, day: row.day, kind: row.kind };
  const opens = row === undefined ? Number.POSITIVE_INFINITY : row.day - row.windowDays;
  const weekly = weeklyDay(standing, last.day);
  const closer = closerDay(standing, last.day);
  const day = Math.min(weekly ?? opens, closer ?? opens);
  const isWeekly = standing.aftercare?.track?.name === "weekly-calls";
  if (day < opens)
    return {
      number,
      row: last.row,
      day,
      kind: isWeekly ? "staff-call" : "check-in",
      why: day === weekly ? "weekly-calls" : "closer",
    };
  if (base === undefined) return undefined;
  // A human contact satisfies a due check-in: on the track of calls it is one.
  if (isWeekly) return { ...base, kind: "staff-call", why: "weekly-calls" };
  return closer === undefined ? stretched(standing, base, last.day) : base;
}

type Rows = Program["aftercare"]["checkIns"];

function rowsOf({ checkIns }: Pick<Program["aftercare"], "checkIns">): Rows {
  return [...checkIns].sort((left, right) => left.number - right.number);
}

/** The day of the next weekly call, where the person has them and they are not over. */
function weeklyDay({ program, aftercare }: Standing, lastDay: number): number | undefined {
  if (aftercare?.track?.name !== "weekly-calls") return undefined;
  const spans = program.aftercare.weeklyCalls?.spans ?? [];
  const span = spans.find(({ untilDay }) => lastDay < untilDay);
  const end = spans.at(-1)?.untilDay ?? 0;
  const day = span === undefined ? undefined : lastDay + span.everyDays;
  return day === undefined || day > end ? undefined : day;
}

/** The day by which somebody looks again, while something asks for a closer look; never today. */
function closerDay(standing: Standing, lastDay: number): number | undefined {
  const { program, aftercare, dischargedOn, today } = standing;
  const rule = program.aftercare.cadence?.closer;
  if (rule === undefined || aftercare?.closerUntil === undefined) return undefined;
  const since = Math.max(lastDay, daysBetween(dischargedOn, today));
  const day = since + rule.everyDays;
  return addDays(dischargedOn, day) > aftercare.closerUntil ? undefined : day;
}

/** The same contact later, for somebody who has been well; the rows that pass meanwhile are left out. */
function stretched({ program, aftercare }: Standing, base: Contact, lastDay: number): Contact {
  const rule = program.aftercare.cadence?.stretched;
  const rows = rowsOf(program.aftercare);
  const final = rows.at(-1);
  if (aftercare?.track?.name !== "stretched") return base;
  if (rule === undefined || final === undefined || base.row === final.number) return base;
  if (lastDay < rule.fromDay || (aftercare?.steady ?? 0) < rule.afterSteady) return base;
  const gap = Math.round(((base.day - lastDay) * rule.gapPercent) / 100);
  const day = Math.max(base.day, lastDay + Math.min(gap, rule.longestGapDays));
  if (day >= final.day - final.windowDays)
    return { number: base.number, row: final.number, day: final.day, kind: final.kind };
  const passed = rows.filter((one) => one.day <= day).at(-1);
  return { ...base, row: passed?.number ?? base.row, day, why: "stretched" };
}
