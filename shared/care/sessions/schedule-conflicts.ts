import type { Program, SessionSlot } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { staffMark } from "../text/staff-mark.ts";
import { addDays, localTime, mondayOf } from "../time/zoned-time.ts";
import { type GroupSessionPlace, groupSessionIdOf } from "./group-session-id.ts";
import { type Standing, type StandingSite, standingOf } from "./standing.ts";

/** A program's sessions of the week, as new people begin on it. */
export type Timetable = Pick<Program, "programId" | "sessions">;

/** One session of a site's timetable, and how it stands. */
export type StandingSession = {
  readonly sessionId: string;
  readonly programId: string;
  readonly slot: SessionSlot;
  readonly plannedOn: string;
  readonly standing: Standing;
};

/** The sessions of a site's timetables that are planned in the week of a date, held or not. */
export function sessionsOfWeek(
  site: StandingSite & Pick<Site, "siteId">,
  timetables: readonly Timetable[],
  date: string,
): readonly StandingSession[] {
  const monday = mondayOf(date);
  return timetables.flatMap(({ programId, sessions }) =>
    sessions.map((slot) => {
      const plannedOn = addDays(monday, slot.dayOfWeek - 1);
      return {
        sessionId: groupSessionIdOf({
          siteId: site.siteId,
          programId,
          plannedOn,
          slot: slot.slot,
        }),
        programId,
        slot,
        plannedOn,
        standing: standingOf(site, programId, slot, plannedOn),
      };
    }),
  );
}

/** A time that is taken. */
export type Span = { readonly startAt: string; readonly endAt: string };

/** True where two spans share a moment; one that ends as the other begins does not. */
export function overlaps(left: Span, right: Span): boolean {
  return left.startAt < right.endAt && right.startAt < left.endAt;
}

/**
 * What stands in the way of a session of the timetable as it would be: its leader or its room twice at one time, or
 * another session of its program at that time.
 *
 * @returns a sentence for staff
 */
export function timetableConflict(
  site: StandingSite & Pick<Site, "siteId">,
  timetables: readonly Timetable[],
  which: GroupSessionPlace,
): string | undefined {
  const week = sessionsOfWeek(site, timetables, which.plannedOn);
  const id = groupSessionIdOf(which);
  const own = week.find(({ sessionId }) => sessionId === id);
  if (own === undefined || !own.standing.isHeld) return undefined;
  for (const other of week) {
    if (other.sessionId === id || !other.standing.isHeld) continue;
    if (!overlaps(own.standing, other.standing)) continue;
    const what = sharedBy(own, other);
    if (what === undefined) continue;
    const { on, startAt, endAt } = other.standing;
    const hours = `${localTime(startAt, site.timeZone)} to ${localTime(endAt, site.timeZone)}`;
    return `${what} “${other.slot.title}” on ${on} from ${hours}.`;
  }
  return undefined;
}

/**
 * What would stand at one time, if the facts of a site were others, and does not now: a session that comes back because
 * a day is opened again or its leader is there after all meets what has taken its time or its room meanwhile.
 *
 * @param dates - the local dates that the facts differ on
 * @returns a sentence for staff
 */
export function conflictOfReturn(
  before: StandingSite & Pick<Site, "siteId">,
  after: StandingSite & Pick<Site, "siteId">,
  timetables: readonly Timetable[],
  dates: readonly string[],
): string | undefined {
  for (const monday of new Set(dates.map(mondayOf)))
    for (const { programId, slot, plannedOn, standing } of sessionsOfWeek(
      after,
      timetables,
      monday,
    )) {
      if (!dates.includes(standing.on)) continue;
      const which = { siteId: after.siteId, programId, slot: slot.slot, plannedOn };
      const sentence = timetableConflict(after, timetables, which);
      if (sentence !== undefined && timetableConflict(before, timetables, which) === undefined)
        return `“${slot.title}” on ${standing.on} would be held again, and at that time: ${sentence} Move or cancel one of the two first.`;
    }
  return undefined;
}

/** What two sessions at one time cannot share, as the beginning of a sentence. */
function sharedBy(own: StandingSession, other: StandingSession): string | undefined {
  const leader = leadersOf(own.standing).find((id) => leadersOf(other.standing).includes(id));
  if (leader !== undefined) return `${staffMark(leader)} leads`;
  const [room, otherRoom] = [roomOf(own.standing), roomOf(other.standing)];
  if (room !== undefined && room === otherRoom) return `${room} is taken by`;
  const isOtherTrack =
    own.slot.track !== undefined &&
    other.slot.track !== undefined &&
    own.slot.track !== other.slot.track;
  return own.programId === other.programId && !isOtherTrack
    ? "The same people are expected in"
    : undefined;
}

/** Who leads a session, or helps to. */
export function leadersOf({
  leaderId,
  coLeaderId,
}: Pick<Standing, "leaderId" | "coLeaderId">): readonly string[] {
  return [leaderId, coLeaderId].flatMap((id) => id ?? []);
}

function roomOf({ place }: Standing): string | undefined {
  return place !== undefined && "room" in place ? place.room : undefined;
}
