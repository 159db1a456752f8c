import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Session } from "../episode/session.ts";
import type { Program, SessionSlot } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { addDays, instantAt } from "../time/zoned-time.ts";
import { isForOne } from "./for-one.ts";
import { groupSessionIdOf, slotOfPerson } from "./group-session-id.ts";
import { isOfTrack } from "./group-tracks.ts";
import { type Standing, standingFields, standingOf } from "./standing.ts";

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

/** The wall time on Sunday from which on the next week is there to be told and reminded of. */
const nextWeekFrom = "12:00";

/** When the site's next program week may be told: noon of the Sunday before its Monday. */
export function weekIsToldFrom(startsOn: string, { timeZone }: Pick<Site, "timeZone">): string {
  return instantAt(addDays(startsOn, -1), nextWeekFrom, timeZone);
}

/**
 * The instant at which a program week gives way to the next: Sunday noon, so that Monday's sessions are told and
 * reminded of before they begin; later only where somebody is still expected on that Sunday.
 */
export function nextWeekOpensAt(
  startsOn: string,
  site: Pick<Site, "timeZone">,
  sessions: readonly Pick<Session, "status" | "scheduledEndAt">[] = [],
): string {
  const endsAt = instantAt(addDays(startsOn, 7), "00:00", site.timeZone);
  return sessions
    .filter(({ status, scheduledEndAt }) => status !== "cancelled" && scheduledEndAt < endsAt)
    .reduce(
      (latest, { scheduledEndAt }) => (scheduledEndAt > latest ? scheduledEndAt : latest),
      weekIsToldFrom(addDays(startsOn, 7), site),
    );
}

export type PlannedWeek = {
  /** Those of closed days, and those that staff cancelled, are cancelled for it. */
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
 * out and make it a part week; so do those that count and that the site does not hold, which are planned as cancelled:
 * they are held when it does after all.
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
    /** Whose week it is: what is for one person alone has a roster of their own. */
    readonly episodeId: string;
    /** The track of groups they are in on a local date; the program's first where nothing is said. */
    readonly trackOn?: (on: string) => string | undefined;
  },
): PlannedWeek {
  const sessions: Session[] = [];
  const left: { slot: string; on: string; why: "before-admission" }[] = [];
  for (const slot of program.sessions.filter((one) => isInWeek(one, input.week))) {
    const plannedOn = addDays(input.startsOn, slot.dayOfWeek - 1);
    const own = input.trackOn?.(plannedOn) ?? program.groupTracks?.[0]?.track;
    if (!isOfTrack(slot, own)) continue;
    const standing = standingOf(site, program.programId, slot, plannedOn);
    if (standing.startAt <= input.now) {
      left.push({ slot: slot.slot, on: standing.on, why: "before-admission" });
      continue;
    }
    sessions.push(buildGroupSession(program, site, slot, { ...input, plannedOn, standing }));
  }
  return { sessions, left, isFullWeek: left.length === 0 };
}

/** The session of one person in a group of the timetable, as the group stands. */
export function buildGroupSession(
  program: Program,
  site: Site,
  slot: SessionSlot,
  input: {
    readonly week: number;
    readonly plannedOn: string;
    readonly standing: Standing;
    readonly newId: () => string;
    readonly episodeId: string;
  },
): Session {
  const { plannedOn, standing } = input;
  return {
    kind: "session",
    sk: itemKeys.session(plannedOn, slot.slot),
    version: 1,
    sessionId: input.newId(),
    groupSessionId: groupSessionIdOf({
      siteId: site.siteId,
      programId: program.programId,
      plannedOn,
      slot: isForOne(slot.modality) ? slotOfPerson(slot.slot, input.episodeId) : slot.slot,
    }),
    slot: slot.slot,
    week: input.week,
    timeZone: site.timeZone,
    modality: slot.modality,
    counts: program.weeklyHours.countingModalities.includes(slot.modality),
    ...standingFields(standing),
  };
}
