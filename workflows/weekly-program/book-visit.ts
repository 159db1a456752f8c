import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isOnline, type Session } from "../../shared/care/episode/session.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import type { Place } from "../../shared/care/program/group-change.ts";
import type { Modality } from "../../shared/care/program/program.ts";
import { closureDuring, onlineDuring } from "../../shared/care/program/staffed-time.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { groupSessionIdOf } from "../../shared/care/sessions/group-session-id.ts";
import { outsideLicence, waysOn } from "../../shared/care/sessions/licences.ts";
import type { Span, Timetable } from "../../shared/care/sessions/schedule-conflicts.ts";
import {
  type Booking,
  repeatedDates,
  visitConflict,
  weekOfDate,
} from "../../shared/care/sessions/visits.ts";
import { withSessionAgain } from "../../shared/care/sessions/without-session.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { addHours, addMinutes } from "../../shared/care/time/instants.ts";
import { addDays, instantAt, localDate } from "../../shared/care/time/zoned-time.ts";
import { itemKeys } from "../../shared/keys/keys.ts";
import { followForecast } from "./follow-forecast.ts";
import { planReminders } from "./open-week.ts";
import { runningWeek } from "./running-week.ts";
import { asKnown, noticeRemindsHours, tellOfSessions } from "./tell-of-sessions.ts";

export type VisitRequest = {
  readonly modality: Modality;
  /** Local date at the site. */
  readonly on: string;
  readonly startTime: string;
  readonly durationMinutes: number;
  readonly leaderId: string;
  readonly place?: Place | undefined;
  readonly repeat?: { readonly everyWeeks: number; readonly times: number } | undefined;
  /** Postal code of the state in which the person will be, where it is not the one they live in. */
  readonly stateThen?: string | undefined;
  /** True where it is held online although no licence is on record for the state that the person is in. */
  readonly isOutsideLicence?: boolean | undefined;
  readonly reason?: string | undefined;
};

/** What a decision about visits looks at beside the person: the site's timetables, and what the leader has given to others. */
export type VisitLook = {
  readonly timetables: readonly Timetable[];
  /** By staff id and local date. */
  readonly bookings: (staffId: string, on: string) => readonly Booking[];
};

const plannedDays = 366;

/** Refuses visits of somebody who is not in the program, or is on leave then. */
export function refuseVisitsOf(
  { episode }: OpenState,
  dates: readonly string[],
): Refusal | undefined {
  const ended = refuseEnded(episode);
  if (ended !== undefined) return ended;
  const { status, hold } = episode;
  if (status === "active" || status === "discharge-planning") return undefined;
  if (status !== "onhold")
    return {
      refused: "not-now",
      sentence: `Visits are booked for people in the program; this person is: ${statusLabels[status].toLowerCase()}.`,
      details: { status },
    };
  const returnOn = hold?.expectedReturnOn;
  return returnOn !== undefined && dates.every((on) => on >= returnOn)
    ? undefined
    : {
        refused: "not-now",
        sentence: `The person is on leave${returnOn === undefined ? "" : ` until ${returnOn}`}: book a visit from their return on.`,
      };
}

/** Refuses a time that is over, too far away, or on a closed day. */
export function refuseTime(
  ctx: DecisionContext,
  on: string,
  { startAt, endAt }: Span,
): Refusal | undefined {
  if (startAt <= ctx.now) return { refused: "invalid", sentence: "That time is over." };
  if (on > addDays(localDate(ctx.now, ctx.site.timeZone), plannedDays))
    return {
      refused: "invalid",
      sentence: "A visit is booked a year ahead at most. Check the date.",
    };
  const closure = closureDuring(ctx.site, { on, startAt, endAt });
  return closure === undefined
    ? undefined
    : {
        refused: "not-now",
        sentence: `The site is closed on ${on}: ${closure.words}. Choose another day.`,
      };
}

/**
 * Books a visit of one person with one member of staff, or a series of them. It is a session like any other, with a
 * roster of one: attendance, hours, closed days and leave treat it so. Of a series, closed days are left out; anything
 * else in the way is said and nothing is booked.
 *
 * @returns the change with the visits that were booked
 */
export function bookVisits(
  state: OpenState,
  request: VisitRequest,
  ctx: DecisionContext,
  look: VisitLook,
): { readonly change: Change; readonly visits: readonly Session[] } | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { site } = ctx;
  const dates = repeatedDates(request.on, request.repeat);
  const refusal = refuseVisitsOf(state, dates);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  const seriesId = ctx.newId();
  const visits: Session[] = [];
  let isOutside = false;
  for (const on of dates) {
    const startAt = instantAt(on, request.startTime, site.timeZone);
    const span = { startAt, endAt: addMinutes(startAt, request.durationMinutes) };
    if (visits.length > 0 && closureDuring(site, { on, ...span }) !== undefined) continue;
    const sessionId = ctx.newId();
    const conflict =
      refuseTime(ctx, on, span) ??
      asRefusal(
        visitConflict(
          draft.state,
          ctx,
          { ...span, moved: [], leaderId: request.leaderId },
          { timetables: look.timetables, bookings: look.bookings(request.leaderId, on) },
        ),
      );
    if (conflict !== undefined) return conflict;
    const licence = licenceConflict(state, ctx, request, { ...span, on });
    const refused = licence === undefined ? undefined : refuseLicence(licence, request);
    if (refused !== undefined) return refused;
    isOutside ||= licence !== undefined;
    const week = weekOfDate(state, on);
    if (week === undefined)
      return {
        refused: "not-now",
        sentence: "The first program week is being planned. Book the visit in a minute.",
      };
    const visit = buildVisit(ctx, request, { ...span, on, sessionId, seriesId, week });
    visits.push(visit);
    draft.add(visit);
    draft.project({ kind: "seat", groupSessionId: visit.groupSessionId, sessionSk: visit.sk });
    draft.set({ weeks: withSessionAgain(draft.episode.weeks, visit) });
  }
  for (const { week } of visits) followForecast(draft, ctx, week);
  tellOfBooking(draft, ctx, visits);
  const change = finishWithReason(
    draft,
    ctx,
    visits.length === 1 ? "visit-booked" : "visits-booked",
    {
      modality: request.modality,
      on: request.on,
      visits: visits.length,
      leaderId: request.leaderId,
      seriesId,
      ...(isOutside ? { outsideLicence: true } : {}),
    },
    request.reason,
  );
  return { change, visits };
}

/**
 * What the licence of whoever holds a visit says against it, where it is held online: by what was agreed, or because the
 * site is online that day.
 *
 * @returns a sentence for staff
 */
export function licenceConflict(
  { episode }: OpenState,
  { site }: DecisionContext,
  visit: Pick<VisitRequest, "place" | "stateThen"> & { readonly leaderId?: string | undefined },
  span: Span & { readonly on: string },
): string | undefined {
  const { place, leaderId, stateThen = episode.facts.homeState } = visit;
  const isAway = isOnline(place === undefined ? {} : { place });
  return isAway || onlineDuring(site, span) !== undefined
    ? outsideLicence(site, leaderId, stateThen)
    : undefined;
}

/** Refuses what a licence says against a visit, unless somebody has decided, and said why, that it is held all the same. */
export function refuseLicence(
  sentence: string,
  request: Pick<VisitRequest, "isOutsideLicence" | "reason">,
): Refusal | undefined {
  if (request.isOutsideLicence !== true)
    return { refused: "not-now", sentence: `${sentence} ${waysOn}` };
  return (request.reason ?? "").trim() === ""
    ? { refused: "invalid", sentence: `${sentence} Say why it is held online all the same.` }
    : undefined;
}

function asRefusal(sentence: string | undefined): Refusal | undefined {
  return sentence === undefined ? undefined : { refused: "not-now", sentence };
}

/** A notice says when and where the first of them is; those that follow are told with their week, and reminded of. */
export function tellOfBooking(
  draft: Draft,
  ctx: DecisionContext,
  visits: readonly Session[],
): void {
  const [first] = visits;
  if (first === undefined) return;
  const before = { ...asKnown(first), isHeld: false, isNew: true } as const;
  const session = draft.replace(first, { known: before });
  tellOfSessions(draft, ctx, [{ session, before }]);
  const isSoon = first.scheduledStartAt <= addHours(ctx.now, noticeRemindsHours);
  for (const visit of isSoon ? visits.slice(1) : visits) remind(draft, ctx, visit);
}

/** Visits of a week that is open are reminded of as its other sessions are; those of later weeks when it opens. */
function remind(draft: Draft, ctx: DecisionContext, visit: Session): void {
  const run = runningWeek(draft);
  const isOpen = draft.episode.weeks.some(({ week }) => week === visit.week);
  if (run !== undefined && isOpen) planReminders(draft, run, ctx, [visit], visit.week);
}

function buildVisit(
  { site, program }: DecisionContext,
  { modality, place, leaderId, stateThen }: VisitRequest,
  what: Span & {
    readonly on: string;
    readonly sessionId: string;
    readonly seriesId: string;
    readonly week: number;
  },
): Session {
  const { on, sessionId, seriesId, week, startAt, endAt } = what;
  const slot = `visit-${sessionId.toLowerCase()}`;
  const where = place === undefined ? {} : { place };
  return {
    kind: "session",
    sk: itemKeys.session(on, slot),
    version: 1,
    sessionId,
    groupSessionId: groupSessionIdOf({
      siteId: site.siteId,
      programId: program.programId,
      plannedOn: on,
      slot,
    }),
    slot,
    week,
    on,
    scheduledStartAt: startAt,
    scheduledEndAt: endAt,
    timeZone: site.timeZone,
    modality,
    counts: program.weeklyHours.countingModalities.includes(modality),
    status: "planned",
    leaderId,
    ...where,
    visit: {
      seriesId,
      startAt,
      endAt,
      leaderId,
      ...where,
      ...(stateThen === undefined ? {} : { stateThen }),
    },
  };
}
