import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Session, Visit } from "../../shared/care/episode/session.ts";
import type { Place } from "../../shared/care/program/group-change.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { isForOne } from "../../shared/care/sessions/for-one.ts";
import { visitConflict, weekOfDate } from "../../shared/care/sessions/visits.ts";
import { movedToWeek } from "../../shared/care/sessions/without-session.ts";
import { actingStaff } from "../../shared/care/tasks/refuse.ts";
import { addMinutes, minutesBetween } from "../../shared/care/time/instants.ts";
import { addDays, daysBetween, instantAt, localDate } from "../../shared/care/time/zoned-time.ts";
import { alignSessions } from "./align-sessions.ts";
import {
  licenceConflict,
  refuseLicence,
  refuseTime,
  refuseVisitsOf,
  type VisitLook,
} from "./book-visit.ts";
import { followForecast } from "./follow-forecast.ts";

export type VisitChange = {
  /** It holds for the later ones that were booked with it too. */
  readonly andFollowing: boolean;
  /** False where it is held after all. */
  readonly isCancelled?: boolean | undefined;
  readonly moveTo?: { readonly on: string; readonly startTime: string } | undefined;
  readonly place?: Place | undefined;
  readonly leaderId?: string | undefined;
  /** Postal code of the state in which the person will be. */
  readonly stateThen?: string | undefined;
  /** True where it is held online although no licence is on record for the state that the person is in. */
  readonly isOutsideLicence?: boolean | undefined;
  readonly reason: string;
};

const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });

/**
 * Changes a visit of one person, or it and the later ones of its series: cancelled, held after all, moved, another place
 * or leader. The person is told as of any session; what stands in the way is said and nothing is changed.
 *
 * @param sessionSk - the visit; loaded by the caller where it is cancelled
 * @returns the change with the visits that changed, as they are now
 */
export function changeVisit(
  state: OpenState,
  sessionSk: string,
  request: VisitChange,
  ctx: DecisionContext,
  look: VisitLook,
): { readonly change: Change; readonly visits: readonly Session[] } | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const found = state.items.get(sessionSk);
  const first = found?.kind === "session" ? asVisit(found) : undefined;
  if (first?.visit === undefined)
    return { refused: "not-found", sentence: "There is no such visit here." };
  if (request.andFollowing && first.visit.seriesId === first.slot)
    return {
      refused: "invalid",
      sentence:
        "This visit is the timetable's. Change this one alone, or book a series and cancel what it replaces.",
    };
  const refusal = refuse(first, first.visit, request, ctx);
  if (refusal !== undefined) return refusal;
  const chosen = request.andFollowing ? laterOf(state, first) : [first];
  const draft = new Draft(state, ctx);
  const moved = chosen.map(({ sessionId }) => sessionId);
  const wanted: Session[] = [];
  let isOutside = false;
  for (const session of chosen) {
    if (session.visit === undefined) continue;
    const visit = changedVisit(ctx, first, session.visit, request);
    const on = localDate(visit.startAt, ctx.site.timeZone);
    const problem =
      visit.isCancelled === true
        ? undefined
        : (refuseVisitsOf(state, [on]) ??
          refuseTime(ctx, on, visit) ??
          conflictOf(draft, ctx, moved, visit, look));
    if (problem !== undefined) return problem;
    const licence =
      visit.isCancelled === true ? undefined : licenceConflict(state, ctx, visit, { ...visit, on });
    const refused = licence === undefined ? undefined : refuseLicence(licence, request);
    if (refused !== undefined) return refused;
    isOutside ||= licence !== undefined;
    const week = weekOfDate(state, on) ?? session.week;
    draft.set({ weeks: movedToWeek(draft.episode.weeks, session, week) });
    wanted.push({ ...session, visit, week });
  }
  const news = alignSessions(draft, ctx, wanted);
  for (const session of wanted) {
    // Nothing else of it has changed, such as on a closed day: what was agreed is kept all the same.
    if (!news.some((one) => one.session.sk === session.sk) && session.visit !== undefined)
      draft.replace(session, { visit: session.visit });
  }
  for (const week of new Set([...chosen, ...wanted].map((one) => one.week)))
    followForecast(draft, ctx, week);
  const visits = wanted.flatMap(({ sk }) => {
    const item = draft.item(sk);
    return item?.kind === "session" ? [item] : [];
  });
  const change = finishWithReason(
    draft,
    ctx,
    "visit-changed",
    {
      sessionId: first.sessionId,
      visits: visits.length,
      ...(request.isCancelled === undefined ? {} : { isCancelled: request.isCancelled }),
      ...(request.moveTo === undefined ? {} : { to: request.moveTo.on }),
      ...(request.leaderId === undefined ? {} : { leaderId: request.leaderId }),
      ...(isOutside ? { outsideLicence: true } : {}),
    },
    request.reason,
  );
  return { change, visits };
}

/**
 * A visit that the timetable plans for each person is agreed upon with its person from the first change on: it follows
 * its usual time no longer.
 */
export function asVisit(session: Session): Session | undefined {
  if (session.visit !== undefined) return session;
  if (!isForOne(session.modality)) return undefined;
  const { slot, scheduledStartAt, scheduledEndAt, place, leaderId, cancelledFor } = session;
  return {
    ...session,
    visit: {
      seriesId: slot,
      startAt: scheduledStartAt,
      endAt: scheduledEndAt,
      ...(cancelledFor === "by-program" ? { isCancelled: true } : {}),
      ...(place === undefined ? {} : { place }),
      ...(leaderId === undefined ? {} : { leaderId }),
    },
  };
}

function refuse(
  session: Session,
  visit: Visit,
  request: VisitChange,
  ctx: DecisionContext,
): Refusal | undefined {
  const { isCancelled, moveTo, place, leaderId, stateThen } = request;
  const asked = [isCancelled, moveTo, place, leaderId, stateThen].filter(
    (one) => one !== undefined,
  );
  if (asked.length === 0)
    return {
      refused: "invalid",
      sentence:
        "Say what changes: cancelled, moved, the room or online address, the leader, or the state that the person will be in.",
    };
  if (isCancelled === true && asked.length > 1)
    return {
      refused: "invalid",
      sentence: "A visit that is cancelled has no new time, place or leader.",
    };
  if (session.attendance !== undefined || session.scheduledStartAt <= ctx.now)
    return notNow(
      `This visit began at ${session.scheduledStartAt}: what has begun is not changed.`,
    );
  if (session.status === "cancelled" && session.cancelledFor === undefined)
    return notNow("It was cancelled with a leave or a discharge. Book another one.");
  if (isCancelled !== undefined && isCancelled === (visit.isCancelled === true))
    return notNow(isCancelled ? "It is cancelled already." : "It is held already.");
  if (isCancelled === undefined && visit.isCancelled === true)
    return notNow("It is cancelled: hold it after all first, or book another one.");
  return undefined;
}

/** The visit and the later ones of its series that are still planned. */
function laterOf(state: OpenState, first: Session): readonly Session[] {
  return [...state.items.values()].filter(
    (item): item is Session =>
      item.kind === "session" &&
      (item.sk === first.sk ||
        (item.status === "planned" &&
          item.visit?.seriesId === first.visit?.seriesId &&
          item.scheduledStartAt > first.scheduledStartAt)),
  );
}

/** What is agreed about one of the visits: moved by as many days as the first, to the same hour. */
function changedVisit(
  { site }: DecisionContext,
  first: Session,
  visit: Visit,
  { isCancelled, moveTo, place, leaderId, stateThen }: VisitChange,
): Visit {
  const { isCancelled: was, ...held } = visit;
  const isOff = isCancelled ?? was === true;
  const times = { startAt: visit.startAt, endAt: visit.endAt };
  if (moveTo !== undefined) {
    const minutes = minutesBetween(visit.startAt, visit.endAt);
    const days = daysBetween(first.on, moveTo.on);
    const on = addDays(localDate(visit.startAt, site.timeZone), days);
    times.startAt = instantAt(on, moveTo.startTime, site.timeZone);
    times.endAt = addMinutes(times.startAt, minutes);
  }
  return {
    ...held,
    ...times,
    ...(isOff ? { isCancelled: true } : {}),
    ...(place === undefined ? {} : { place }),
    ...(leaderId === undefined ? {} : { leaderId }),
    ...(stateThen === undefined ? {} : { stateThen }),
  };
}

function conflictOf(
  draft: Draft,
  ctx: DecisionContext,
  moved: readonly string[],
  visit: Visit,
  look: VisitLook,
): Refusal | undefined {
  const { startAt, endAt, leaderId } = visit;
  const on = localDate(startAt, ctx.site.timeZone);
  const bookings = leaderId === undefined ? [] : look.bookings(leaderId, on);
  const sentence = visitConflict(
    draft.state,
    ctx,
    { startAt, endAt, moved, leaderId },
    { timetables: look.timetables, bookings },
  );
  return sentence === undefined ? undefined : notNow(sentence);
}
