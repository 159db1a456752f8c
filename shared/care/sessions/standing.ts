import type { Session, Visit } from "../episode/session.ts";
import type { Absence, GroupChange, Place } from "../program/group-change.ts";
import type { SessionSlot } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { closureDuring, onlineDuring } from "../program/staffed-time.ts";
import { addMinutes } from "../time/instants.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";

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
export type StandingSite = Pick<Site, "timeZone" | "closures" | "groupChanges" | "absences">;

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
  const endAt = addMinutes(startAt, slot.durationMinutes);
  const led = leadersOn(site, on, {
    leaderId: last((change) => change.leaderId),
    coLeaderId: last((change) => change.coLeaderId),
  });
  return asStanding(
    site,
    { on, startAt, endAt },
    {
      isCancelled: led.isNobody || last(({ isCancelled }) => isCancelled) === true,
      place: last((change) => change.place),
      leaderId: led.leaderId,
      coLeaderId: led.coLeaderId,
    },
  );
}

/** The absence of somebody on a local date; the newest where there are several. */
export function absenceOn(
  { absences = [] }: Pick<Site, "absences">,
  staffId: string | undefined,
  on: string,
): Absence | undefined {
  return absences.findLast((one) => one.staffId === staffId && one.from <= on && on <= one.until);
}

/**
 * Who does the work of a member of staff on a local date: themselves; while they are away their cover, or whoever covers
 * for that one; `undefined` where nobody does. Groups and tasks go by this alone.
 */
export function worksOn(
  site: Pick<Site, "absences">,
  staffId: string | undefined,
  on: string,
): string | undefined {
  const asked = new Set<string>();
  let at = staffId;
  while (at !== undefined && !asked.has(at)) {
    asked.add(at);
    const absence = absenceOn(site, at, on);
    if (absence === undefined) return at;
    at = absence.coverId;
  }
  return undefined;
}

type Leaders = { readonly leaderId: string | undefined; readonly coLeaderId: string | undefined };

/** Who leads a group on a day: the cover of a leader who is away, else the co-leader; nobody where there is none. */
function leadersOn(
  site: Pick<Site, "absences">,
  on: string,
  { leaderId, coLeaderId }: Leaders,
): Leaders & { readonly isNobody: boolean } {
  const second = absenceOn(site, coLeaderId, on) === undefined ? coLeaderId : undefined;
  if (absenceOn(site, leaderId, on) === undefined)
    return { leaderId, coLeaderId: second, isNobody: false };
  const first = worksOn(site, leaderId, on) ?? second;
  return {
    leaderId: first,
    coLeaderId: first === second ? undefined : second,
    isNobody: first === undefined,
  };
}

/** How a visit of one person stands: as it was agreed, while the site is open and who holds it is there. */
export function standingOfVisit(site: StandingSite, visit: Visit): Standing {
  const { startAt, endAt, isCancelled, place, leaderId } = visit;
  const on = localDate(startAt, site.timeZone);
  return asStanding(
    site,
    { on, startAt, endAt },
    {
      isCancelled: isCancelled === true || absenceOn(site, leaderId, on) !== undefined,
      place,
      leaderId,
      coLeaderId: undefined,
    },
  );
}

function asStanding(
  site: StandingSite,
  span: { readonly on: string; readonly startAt: string; readonly endAt: string },
  {
    isCancelled,
    ...what
  }: Leaders & {
    readonly isCancelled: boolean;
    readonly place: Place | undefined;
  },
): Standing {
  const { leaderId, coLeaderId } = what;
  const isClosed = closureDuring(site, span) !== undefined;
  const cancelledFor = isClosed ? "site-closed" : isCancelled ? "by-program" : undefined;
  const onlineAddress = onlineDuring(site, span);
  const isAway = what.place !== undefined && "onlineAddress" in what.place;
  const place = onlineAddress === undefined || isAway ? what.place : { onlineAddress };
  return {
    isHeld: cancelledFor === undefined,
    ...span,
    ...(cancelledFor === undefined ? {} : { cancelledFor }),
    ...(place === undefined ? {} : { place }),
    ...(leaderId === undefined ? {} : { leaderId }),
    ...(coLeaderId === undefined ? {} : { coLeaderId }),
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
