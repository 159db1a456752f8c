import type { Refusal } from "../../../shared/care/change/change.ts";
import { isOnline } from "../../../shared/care/episode/session.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { isForOne } from "../../../shared/care/sessions/for-one.ts";
import {
  type GroupSessionPlace,
  groupSessionIdOf,
} from "../../../shared/care/sessions/group-session-id.ts";
import { outsideLicence, waysOn } from "../../../shared/care/sessions/licences.ts";
import {
  leadersOf,
  overlaps,
  type Span,
  type Timetable,
} from "../../../shared/care/sessions/schedule-conflicts.ts";
import { standingOf } from "../../../shared/care/sessions/standing.ts";
import { staffMark } from "../../../shared/care/text/staff-mark.ts";
import { addDays, localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import { listSeatSessions } from "../../../shared/store/seats.ts";
import { readStaffDays } from "../../../shared/store/staff-day.ts";

/** Weeks of a change of all that follow in which visits that are booked are looked at: a quarter of a year. */
const lookedAtWeeks = 13;

/**
 * What a change of the timetable would put at the time of a visit that is booked: of its leader, or of somebody who is
 * expected.
 *
 * @param site - with its changes as they would be
 */
export async function refuseBooked(
  store: Store,
  site: Site,
  timetables: readonly Timetable[],
  {
    which,
    isSeries,
  }: {
    readonly which: GroupSessionPlace;
    readonly isSeries: boolean;
  },
): Promise<Refusal | undefined> {
  const slot = timetables
    .find(({ programId }) => programId === which.programId)
    ?.sessions.find((one) => one.slot === which.slot);
  if (slot === undefined) return undefined;
  for (let week = 0; week < (isSeries ? lookedAtWeeks : 1); week += 1) {
    const plannedOn = addDays(which.plannedOn, week * 7);
    const standing = standingOf(site, which.programId, slot, plannedOn);
    if (!standing.isHeld) continue;
    const at = ({ startAt, endAt }: Span) =>
      `on ${localDate(startAt, site.timeZone)} from ${localTime(startAt, site.timeZone)} to ${localTime(endAt, site.timeZone)}`;
    const days = await readStaffDays(
      store,
      leadersOf(standing).map((staffId) => ({ staffId, on: standing.on })),
    );
    for (const { staffId, bookings } of days) {
      const booking = bookings.find((one) => overlaps(one, standing));
      if (booking !== undefined)
        return notNow(`${staffMark(staffId)} has another visit ${at(booking)}. Move that first.`);
    }
    const others = await listSeatSessions(store, groupSessionIdOf({ ...which, plannedOn }));
    const visit = others
      .filter(({ visit: own, status }) => own !== undefined && status === "planned")
      .map(({ scheduledStartAt, scheduledEndAt }) => ({
        startAt: scheduledStartAt,
        endAt: scheduledEndAt,
      }))
      .find((one) => overlaps(one, standing));
    if (visit !== undefined)
      return notNow(
        `Somebody who is expected has a visit of their own ${at(visit)}. Move that first.`,
      );
  }
  return undefined;
}

function notNow(sentence: string): Refusal {
  return { refused: "not-now", sentence };
}

/**
 * What the licences of leaders say against sessions of the timetable that would be held online: for somebody who is
 * expected in one and lives in a state for which no licence of its leader is on record.
 *
 * @param site - with its changes as they would be
 */
export async function refuseUnlicensed(
  store: Store,
  site: Site,
  timetables: readonly Timetable[],
  { which, isSeries }: { readonly which: GroupSessionPlace; readonly isSeries: boolean },
): Promise<Refusal | undefined> {
  const slot = timetables
    .find(({ programId }) => programId === which.programId)
    ?.sessions.find((one) => one.slot === which.slot);
  if (slot === undefined) return undefined;
  for (let week = 0; week < (isSeries ? lookedAtWeeks : 1); week += 1) {
    const plannedOn = addDays(which.plannedOn, week * 7);
    const standing = standingOf(site, which.programId, slot, plannedOn);
    if (!standing.isHeld || !isOnline(standing)) continue;
    const groupSessionId = groupSessionIdOf({ ...which, plannedOn });
    const sessions = await listSeatSessions(store, groupSessionId);
    for (const one of sessions) {
      if (one.groupSessionId !== groupSessionId || one.status !== "planned") continue;
      const state = await loadEpisode(store, one.episodeId);
      const sentence = outsideLicence(
        site,
        isForOne(slot.modality) ? one.leaderId : standing.leaderId,
        state?.episode.facts.homeState,
        "somebody who is expected",
      );
      if (sentence !== undefined) return notNow(`${sentence} ${waysOn}`);
    }
  }
  return undefined;
}
