import type { Session, Visit } from "../episode/session.ts";
import type { GroupChange, Place } from "../program/group-change.ts";
import type { SessionSlot } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { addMinutes } from "../time/instants.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";
import { closureOn } from "./closed-days.ts";

/** How one session of the timetable stands, as the facts are. */
export type Standing = {
  readonly isHeld: boolean;
  readonly cancelledFor?: "site-closed" | "by-program";
  /** The local date on which it is, or would be. */
  readonly on: string;
  readonly startAt: string;
  readonly endAt: string;
  readonly place?: Place;
  readonly leaderId?: string;
  readonly coLeaderId?: string;
};

/** The facts of a site that say how its sessions stand. */
export type StandingSite = Pick<Site, "timeZone" | "closures" | "groupChanges">;

/** The changes that speak of one session of the timetable, in the order in which they were made. */
export function changesOf(
  { groupChanges = [] }: Pick<Site, "groupChanges">,
  { programId, slot, plannedOn }: Occurrence,
): readonly GroupChange[] {
  return groupChanges.filter(
    (change) =>
      change.programId === programId &&
      change.slot === slot &&
      (change.andFollowing ? change.from <= plannedOn : change.from === plannedOn),
  );
}

/** One session of the timetable. */
export type Occurrence = {
  readonly programId: string;
  readonly slot: string;
  /** Its date in the timetable. */
  readonly plannedOn: string;
};

/**
 * How a session of the timetable stands at a site: the timetable, then what staff have changed, newest last, then
 * the days on which the site is closed. The one place where these facts become a session.
 */
export function standingOf(
  site: StandingSite,
  programId: string,
  slot: SessionSlot,
  plannedOn: string,
): Standing {
  const changes = changesOf(site, { programId, slot: slot.slot, plannedOn });
  const last = <Value>(of: (change: GroupChange) => Value | undefined) =>
    changes.map(of).findLast((value) => value !== undefined);
  const { days, startTime } = last(({ moved }) => moved) ?? { days: 0, startTime: slot.startTime };
  const on = addDays(plannedOn, days);
  const startAt = instantAt(on, startTime, site.timeZone);
  const place = last((change) => change.place);
  const leaderId = last((change) => change.leaderId);
  const coLeaderId = last((change) => change.coLeaderId);
  const cancelledFor =
    closureOn(site, on) !== undefined
      ? "site-closed"
      : last(({ isCancelled }) => isCancelled) === true
        ? "by-program"
        : undefined;
  return {
    isHeld: cancelledFor === undefined,
    on,
    startAt,
    endAt: addMinutes(startAt, slot.durationMinutes),
    ...(cancelledFor === undefined ? {} : { cancelledFor }),
    ...(place === undefined ? {} : { place }),
    ...(leaderId === undefined ? {} : { leaderId }),
    ...(coLeaderId === undefined ? {} : { coLeaderId }),
  };
}

/** How a visit of one person stands: as it was agreed, while the site is open. */
export function standingOfVisit(site: StandingSite, visit: Visit): Standing {
  const { startAt, endAt, isCancelled, place, leaderId } = visit;
  const on = localDate(startAt, site.timeZone);
  const cancelledFor =
    closureOn(site, on) !== undefined
      ? "site-closed"
      : isCancelled === true
        ? "by-program"
        : undefined;
  return {
    isHeld: cancelledFor === undefined,
    ...(cancelledFor === undefined ? {} : { cancelledFor }),
    on,
    startAt,
    endAt,
    ...(place === undefined ? {} : { place }),
    ...(leaderId === undefined ? {} : { leaderId }),
  };
}

/** The fields of somebody's session that follow from how it stands; a session has no others of these. */
export function standingFields({
  isHeld,
  startAt,
  endAt,
  ...more
}: Standing): Pick<
  Session,
  | "status"
  | "cancelledFor"
  | "on"
  | "scheduledStartAt"
  | "scheduledEndAt"
  | "place"
  | "leaderId"
  | "coLeaderId"
> {
  return {
    ...more,
    status: isHeld ? "planned" : "cancelled",
    scheduledStartAt: startAt,
    scheduledEndAt: endAt,
  };
}
