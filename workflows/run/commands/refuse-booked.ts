import type { Refusal } from "../../../shared/care/change/change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import {
  type GroupSessionPlace,
  groupSessionIdOf,
} from "../../../shared/care/sessions/group-session-id.ts";
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
import { listSeatSessions } from "../../../shared/store/seats.ts";
import { readStaffDays } from "../../../shared/store/staff-day.ts";

/** Weeks of a change of all that follow in which visits that are booked, and licences, are looked at: a quarter of a year. */
export const lookedAtWeeks = 13;

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
