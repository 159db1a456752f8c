import type { DecisionContext } from "../change/context.ts";
import type { Episode } from "../episode/episode.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Session } from "../episode/session.ts";
import { staffMark } from "../text/staff-mark.ts";
import { addDays, daysBetween, localDate, localTime, mondayOf } from "../time/zoned-time.ts";
import { isOfTrack, trackOn } from "./group-tracks.ts";
import { isInWeek } from "./plan-week.ts";
import {
  leadersOf,
  overlaps,
  type Span,
  sessionsOfWeek,
  type Timetable,
} from "./schedule-conflicts.ts";
import { absenceOn } from "./standing.ts";
import { weekOf } from "./week-of.ts";

/** A time that a leader has given to somebody, and for which session. */
export type Booking = Span & { readonly sessionId: string };

/**
 * The program week of a date, from 1; `undefined` while nothing says when the program begins. A week that is not open
 * yet is counted from the last one that is.
 */
export function weekOfDate({ episode, items }: OpenState, on: string): number | undefined {
  const last = episode.weeks.at(-1) ?? plannedWeek(items);
  if (last === undefined) return undefined;
  const weeks = daysBetween(mondayOf(last.startsOn), mondayOf(on)) / 7;
  return Math.max(1, last.week + weeks);
}

function plannedWeek(
  items: OpenState["items"],
): Pick<Episode["weeks"][number], "week" | "startsOn"> | undefined {
  for (const item of items.values())
    if (item.kind === "driver" && item.workflow === "weekly-program") return weekOf(item);
  return undefined;
}

/**
 * What stands in the way of a visit: another session of the person, or of its leader, at that time.
 *
 * @param visit.moved - itself, and whatever is moved with it: their old times are free
 * @param look.bookings - what its leader has given to others on that day
 * @returns a sentence for staff
 */
export function visitConflict(
  state: OpenState,
  ctx: DecisionContext,
  visit: Span & { readonly moved: readonly string[]; readonly leaderId?: string | undefined },
  look: { readonly timetables: readonly Timetable[]; readonly bookings: readonly Booking[] },
): string | undefined {
  const { timeZone } = ctx.site;
  const at = ({ startAt, endAt }: Span) =>
    `on ${localDate(startAt, timeZone)} from ${localTime(startAt, timeZone)} to ${localTime(endAt, timeZone)}`;
  const own = ownSpans(state, ctx, visit).find((one) => overlaps(one, visit));
  if (own !== undefined) return `The person is expected in “${own.title}” ${at(own)}.`;
  if (visit.leaderId === undefined) return undefined;
  const { leaderId } = visit;
  const on = localDate(visit.startAt, timeZone);
  if (absenceOn(ctx.site, leaderId, on) !== undefined)
    return `${staffMark(leaderId)} is away on ${on}.`;
  const group = sessionsOfWeek(ctx.site, look.timetables, on).find(
    ({ standing }) =>
      standing.isHeld && leadersOf(standing).includes(leaderId) && overlaps(standing, visit),
  );
  if (group !== undefined)
    return `${staffMark(leaderId)} leads “${group.slot.title}” ${at(group.standing)}.`;
  const booking = look.bookings.find(
    (one) => !visit.moved.includes(one.sessionId) && overlaps(one, visit),
  );
  return booking === undefined
    ? undefined
    : `${staffMark(leaderId)} has another visit ${at(booking)}.`;
}

type OwnSpan = Span & { readonly title: string };

/** The times at which the person is expected elsewhere: what is planned, and the timetable of weeks that open later. */
function ownSpans(
  state: OpenState,
  ctx: DecisionContext,
  visit: Span & { readonly moved: readonly string[] },
): readonly OwnSpan[] {
  const titleOf = (session: Session) =>
    ctx.program.sessions.find(({ slot }) => slot === session.slot)?.title ??
    session.modality.replaceAll("-", " ");
  const planned = [...state.items.values()].flatMap((item) =>
    item.kind === "session" && item.status === "planned" && !visit.moved.includes(item.sessionId)
      ? [{ startAt: item.scheduledStartAt, endAt: item.scheduledEndAt, title: titleOf(item) }]
      : [],
  );
  const on = localDate(visit.startAt, ctx.site.timeZone);
  const monday = mondayOf(on);
  const isOpen = state.episode.weeks.some(({ startsOn }) => mondayOf(startsOn) === monday);
  if (isOpen) return planned;
  const week = weekOfDate(state, on) ?? 1;
  const later = sessionsOfWeek(ctx.site, [ctx.program], monday)
    .filter(
      ({ slot, standing, plannedOn }) =>
        standing.isHeld &&
        isInWeek(slot, week) &&
        isOfTrack(slot, trackOn(ctx.program, state.episode, plannedOn)),
    )
    .map(({ slot, standing }) => ({ ...standing, title: slot.title }));
  return [...planned, ...later];
}

/** The dates of a visit that is repeated: the first, and so many more. */
export function repeatedDates(
  on: string,
  repeat: { readonly everyWeeks: number; readonly times: number } | undefined,
): readonly string[] {
  if (repeat === undefined) return [on];
  return Array.from({ length: repeat.times }, (_, index) =>
    addDays(on, index * repeat.everyWeeks * 7),
  );
}
