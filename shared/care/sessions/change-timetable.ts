import type { Refusal } from "../change/change.ts";
import type { GroupChange, Place } from "../program/group-change.ts";
import type { Site } from "../program/site.ts";
import { closureDuring } from "../program/staffed-time.ts";
import { addMinutes } from "../time/instants.ts";
import {
  addDays,
  dayOfWeek,
  daysBetween,
  instantAt,
  localDate,
  mondayOf,
} from "../time/zoned-time.ts";
import { isForOne } from "./for-one.ts";
import type { GroupSessionPlace } from "./group-session-id.ts";
import { type Timetable, timetableConflict } from "./schedule-conflicts.ts";
import { changesOf, type Standing, standingOf } from "./standing.ts";

/** What staff want of one session of the timetable, or of it and all that follow. */
export type TimetableRequest = {
  readonly andFollowing: boolean;
  readonly isCancelled?: boolean | undefined;
  readonly moveTo?: { readonly on: string; readonly startTime: string } | undefined;
  readonly place?: Place | undefined;
  readonly leaderId?: string | undefined;
  readonly coLeaderId?: string | undefined;
  readonly words: string;
};

/** How far ahead a change of all that follow is looked at for conflicts: a quarter of a year. */
const lookedAtWeeks = 13;
/** How far ahead the timetable is changed: a year. */
const plannedDays = 366;
/** Changes of single sessions are of no use to anybody so long after; the audit trail keeps them. */
const keptDays = 60;
/** More than staff make in a year; a site holds them all. */
const maxChanges = 400;

const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });
const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });

/**
 * Changes one session of a site's timetable, or it and all that follow. What stands in the way is said and nothing is
 * changed: over, closed, moved out of its week, a leader or a room twice at one time, two sessions that the same people
 * are expected in.
 *
 * @returns all changes of the site as they would be
 */
export function changeTimetable(
  site: Site,
  timetables: readonly Timetable[],
  which: GroupSessionPlace,
  request: TimetableRequest,
  made: { readonly changeId: string; readonly by: string; readonly at: string },
): readonly GroupChange[] | Refusal {
  const slot = slotOf(timetables, which);
  if (slot === undefined || dayOfWeek(which.plannedOn) !== slot.dayOfWeek)
    return {
      refused: "not-found",
      sentence: "There is no such session in the timetable of this site.",
    };
  const standing = standingOf(site, which.programId, slot, which.plannedOn);
  const today = localDate(made.at, site.timeZone);
  if (standing.startAt <= made.at)
    return notNow(`This session began at ${standing.startAt}: what has begun is not changed.`);
  if (which.plannedOn > addDays(today, plannedDays))
    return invalid("The timetable is changed a year ahead at most. Check the date.");
  if (isForOne(slot.modality) && (request.leaderId ?? request.coLeaderId) !== undefined)
    return invalid(
      "This is the usual time of visits of one person each: name who holds one on the schedule of that person.",
    );
  const refusal = refuseRequest(site, standing, which, request, made.at);
  if (refusal !== undefined) return refusal;
  const { moveTo, andFollowing, isCancelled, place, leaderId, coLeaderId, words } = request;
  const change: GroupChange = {
    ...made,
    programId: which.programId,
    slot: which.slot,
    from: which.plannedOn,
    andFollowing,
    words,
    ...(isCancelled === undefined ? {} : { isCancelled }),
    ...(moveTo === undefined
      ? {}
      : {
          moved: {
            days: daysBetween(which.plannedOn, moveTo.on),
            startTime: moveTo.startTime,
          },
        }),
    ...(place === undefined ? {} : { place }),
    ...(leaderId === undefined ? {} : { leaderId }),
    ...(coLeaderId === undefined ? {} : { coLeaderId }),
  };
  const kept = (site.groupChanges ?? []).filter(
    (one) => one.andFollowing || one.from >= addDays(today, -keptDays),
  );
  if (kept.length >= maxChanges)
    return notNow(
      `The site has ${maxChanges} changes of its timetable already. Change the program's timetable instead.`,
    );
  const groupChanges = [...kept, change];
  return refuseConflicts({ ...site, groupChanges }, timetables, which, change) ?? groupChanges;
}

/**
 * Takes a change back: the session stands as it would without it. What has taken its place meanwhile is said.
 *
 * @returns all changes of the site as they would be
 */
export function takeBackChange(
  site: Site,
  timetables: readonly Timetable[],
  changeId: string,
  now: string,
): readonly GroupChange[] | Refusal {
  const { groupChanges = [] } = site;
  const change = groupChanges.find((one) => one.changeId === changeId);
  if (change === undefined) return notNow("There is no such change: it was taken back already.");
  const which = { ...change, siteId: site.siteId, plannedOn: change.from };
  const slot = slotOf(timetables, which);
  const isOver =
    !change.andFollowing &&
    slot !== undefined &&
    [site, without(site, changeId)].some(
      (one) => standingOf(one, change.programId, slot, change.from).startAt <= now,
    );
  if (isOver) return notNow("That session has begun, or would have: what was changed stays so.");
  const next = without(site, changeId);
  const refusal = slot === undefined ? undefined : refuseConflicts(next, timetables, which, change);
  return refusal ?? next.groupChanges;
}

function without(site: Site, changeId: string) {
  const groupChanges = (site.groupChanges ?? []).filter((one) => one.changeId !== changeId);
  return { ...site, groupChanges };
}

function slotOf(timetables: readonly Timetable[], which: Omit<GroupSessionPlace, "plannedOn">) {
  return timetables
    .find(({ programId }) => programId === which.programId)
    ?.sessions.find(({ slot }) => slot === which.slot);
}

function refuseRequest(
  site: Site,
  standing: Standing,
  which: GroupSessionPlace,
  request: TimetableRequest,
  now: string,
): Refusal | undefined {
  const { isCancelled, moveTo, place, leaderId, coLeaderId } = request;
  const asked = [isCancelled, moveTo, place, leaderId, coLeaderId];
  if (asked.every((one) => one === undefined))
    return invalid(
      "Say what changes: cancelled, moved, the room or online address, or the leader.",
    );
  if (isCancelled === true && asked.filter((one) => one !== undefined).length > 1)
    return invalid("A session that is cancelled has no new time, place or leader.");
  if (standing.cancelledFor === "site-closed")
    return notNow(
      `The site is closed on ${standing.on}: open it first, or choose another session.`,
    );
  if (isCancelled !== undefined && isCancelled === (standing.cancelledFor === "by-program"))
    return notNow(isCancelled ? "It is cancelled already." : "It is held already.");
  if (isCancelled !== false && isCancelled !== true && !standing.isHeld)
    return notNow("It is cancelled: take that back first.");
  if ((coLeaderId ?? standing.coLeaderId) === (leaderId ?? standing.leaderId ?? ""))
    return invalid("The leader and the co-leader are two people.");
  if (moveTo === undefined) return undefined;
  if (mondayOf(moveTo.on) !== mondayOf(which.plannedOn))
    return invalid(
      "A session is moved within its week: hours are counted by the week. Cancel it, and book another for another week.",
    );
  const startAt = instantAt(moveTo.on, moveTo.startTime, site.timeZone);
  if (startAt <= now) return invalid("The new time is over.");
  if (startAt === standing.startAt) return notNow("It is at that time already.");
  const length = Date.parse(standing.endAt) - Date.parse(standing.startAt);
  const closure = closureDuring(site, {
    on: moveTo.on,
    startAt,
    endAt: addMinutes(startAt, length / 60_000),
  });
  return closure === undefined
    ? undefined
    : notNow(`The site is closed on ${moveTo.on}: ${closure.words}. Choose another day.`);
}

/** What a change, or taking it back, would put at one time that cannot be. */
function refuseConflicts(
  site: Site,
  timetables: readonly Timetable[],
  which: GroupSessionPlace,
  change: GroupChange,
): Refusal | undefined {
  const weeks = change.andFollowing ? lookedAtWeeks : 1;
  for (let week = 0; week < weeks; week += 1) {
    const plannedOn = addDays(which.plannedOn, week * 7);
    const sentence = timetableConflict(site, timetables, { ...which, plannedOn });
    if (sentence !== undefined) return notNow(sentence);
  }
  return undefined;
}

/** The changes that speak of one session, newest first. */
export function changesOfSession(
  site: Site,
  { programId, slot, plannedOn }: GroupSessionPlace,
): readonly GroupChange[] {
  return changesOf(site, { programId, slot, plannedOn }).toReversed();
}
