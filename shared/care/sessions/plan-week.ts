import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Session } from "../episode/session.ts";
import type { Program, SessionSlot } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { addMinutes } from "../time/instants.ts";
import { addDays, instantAt } from "../time/zoned-time.ts";
import { closureOn } from "./closed-days.ts";

/** The last date of a program week that starts on a Monday. */
export function weekEndsOn(startsOn: string): string {
  return addDays(startsOn, 6);
}

/** The instant at which a program week is over: Sunday midnight where the site is. */
export function weekEndsAt(startsOn: string, site: Site): string {
  return instantAt(addDays(startsOn, 7), "00:00", site.timeZone);
}

/** True when a slot that stands every so many weeks stands in this program week, counted from 1. */
export function isInWeek(slot: SessionSlot, week: number): boolean {
  return (week - 1) % slot.everyWeeks === 0;
}

export type PlannedWeek = {
  /** Those of closed days are cancelled for it. */
  readonly sessions: readonly Session[];
  /** Sessions of the timetable that have passed, with the reason. */
  readonly left: readonly {
    readonly slot: string;
    readonly on: string;
    readonly why: "before-admission";
  }[];
  /** Nothing is left out; what closed days take is told apart. */
  readonly isFullWeek: boolean;
};

/**
 * Plans one participant's sessions of one program week. Wall times are the site's, so a change of the
 * clocks moves the instant and not the hour on the wall. Sessions that began before the week was opened are left
 * out and make it a part week; so do those of closed days that count, which are planned as cancelled: they are held
 * when the site opens after all.
 *
 * @param input.startsOn - the Monday, a local date at the site
 */
export function planWeek(
  program: Program,
  site: Site,
  input: {
    readonly week: number;
    readonly startsOn: string;
    readonly now: string;
    readonly newId: DecisionContext["newId"];
  },
): PlannedWeek {
  const sessions: Session[] = [];
  const left: { slot: string; on: string; why: "before-admission" }[] = [];
  for (const slot of program.sessions.filter((one) => isInWeek(one, input.week))) {
    const on = addDays(input.startsOn, slot.dayOfWeek - 1);
    const scheduledStartAt = instantAt(on, slot.startTime, site.timeZone);
    if (scheduledStartAt <= input.now) {
      left.push({ slot: slot.slot, on, why: "before-admission" });
      continue;
    }
    const session = buildSession(program, site, slot, { ...input, on, scheduledStartAt });
    sessions.push(
      closureOn(site, on) === undefined
        ? session
        : { ...session, status: "cancelled", cancelledFor: "site-closed" },
    );
  }
  return { sessions, left, isFullWeek: left.length === 0 };
}

function buildSession(
  program: Program,
  site: Site,
  slot: SessionSlot,
  input: {
    readonly week: number;
    readonly on: string;
    readonly scheduledStartAt: string;
    readonly newId: () => string;
  },
): Session {
  return {
    kind: "session",
    sk: itemKeys.session(input.on, slot.slot),
    version: 1,
    sessionId: input.newId(),
    groupSessionId: `${site.siteId}:${program.programId}:${input.on}:${slot.slot}`,
    slot: slot.slot,
    week: input.week,
    on: input.on,
    scheduledStartAt: input.scheduledStartAt,
    scheduledEndAt: addMinutes(input.scheduledStartAt, slot.durationMinutes),
    timeZone: site.timeZone,
    modality: slot.modality,
    counts: program.weeklyHours.countingModalities.includes(slot.modality),
    status: "planned",
  };
}
