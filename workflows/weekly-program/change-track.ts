import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { WeekHours } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { firstOccurrence } from "../../shared/care/episode/message.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import {
  asFullAsBefore,
  withSessionClosed,
  withSessionHeldAgain,
} from "../../shared/care/sessions/closed-days.ts";
import {
  type GroupPlaces,
  groupsOf,
  refuseFull,
  refusePlaces,
} from "../../shared/care/sessions/full-groups.ts";
import { isOfTrack, trackOn } from "../../shared/care/sessions/group-tracks.ts";
import { licenceOfGroups } from "../../shared/care/sessions/licences.ts";
import { planWeek } from "../../shared/care/sessions/plan-week.ts";
import { overlaps } from "../../shared/care/sessions/schedule-conflicts.ts";
import { withoutSession, withSessionAgain } from "../../shared/care/sessions/without-session.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { addDays, localDate, localTime } from "../../shared/care/time/zoned-time.ts";
import { refuseLicence } from "./book-visit.ts";
import { followForecast } from "./follow-forecast.ts";
import { remindAnew } from "./open-week.ts";
import { asKnown, tellOfSessions } from "./tell-of-sessions.ts";
import { takeOffer } from "./wait-for-group.ts";

export type TrackRequest = {
  readonly track: string;
  /** The first local date in it. */
  readonly from: string;
  /** True where they are put in although a group of it has no place left. */
  readonly isOverCapacity?: boolean | undefined;
  /** True where they come to a group online although no licence of its leader is on record for where they live. */
  readonly isOutsideLicence?: boolean | undefined;
  readonly reason: string;
};

/** How far ahead somebody is moved to another track: two months. */
const plannedDays = 62;

/**
 * Moves somebody to another track of groups from a day on: weeks that are open follow at once, later ones when they open.
 * A visit of their own at the time of a group stands in the way and is said.
 *
 * @param state - with all sessions of the open weeks: those of closed days are left, too
 * @param places - how many others have a place in the groups of that track, where they have a number of places
 */
export function changeTrack(
  state: OpenState,
  request: TrackRequest,
  ctx: DecisionContext,
  places: readonly GroupPlaces[] = [],
): Change | Refusal {
  const { track, from, isOverCapacity, reason } = request;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  const { program, site } = ctx;
  const { groupTracks: offered = [] } = program;
  const today = localDate(ctx.now, site.timeZone);
  if (!offered.some((one) => one.track === track))
    return {
      refused: "invalid",
      sentence:
        offered.length === 0
          ? "This program has one track of groups only."
          : `There is no such track. Choose one of: ${offered.map((one) => one.title).join(", ")}.`,
    };
  if (from < today || from > addDays(today, plannedDays))
    return {
      refused: "invalid",
      sentence: "The first day is from today on, two months ahead at most.",
    };
  if (trackOn(program, state.episode, from) === track)
    return { refused: "not-now", sentence: "The person is in that track on that day already." };
  const full = refusePlaces(places, isOverCapacity);
  if (full !== undefined) return full;
  const licence = licenceOfGroups(
    site,
    program.programId,
    groupsOf(program.sessions, [track], from),
    state.episode.facts.homeState,
  );
  const outside = licence === undefined ? undefined : refuseLicence(licence, request);
  if (outside !== undefined) return outside;
  const draft = new Draft(state, ctx);
  const { groupTracks = [] } = state.episode;
  draft.set({
    groupTracks: [...groupTracks.filter((one) => one.from < from), { track, from }],
  });
  const added: Session[] = [];
  for (const week of draft.episode.weeks) {
    if (week.closedAt !== undefined) continue;
    leaveGroups(draft, ctx, week);
    const joined = joinGroups(draft, ctx, week);
    if (isRefusal(joined)) return joined;
    draft.set({ weeks: asFullAsBefore(draft.episode.weeks, week) });
    followForecast(draft, ctx, week.week);
    added.push(...joined);
  }
  tellOfTrack(draft, ctx, added);
  takeOffer(draft, ctx, { track });
  const isOver = refuseFull(places, false) !== undefined;
  return finishWithReason(
    draft,
    ctx,
    "group-track-changed",
    {
      track,
      from,
      ...(isOver ? { overCapacity: true } : {}),
      ...(licence === undefined ? {} : { outsideLicence: true }),
    },
    reason,
  );
}

/** Takes the groups of the former track out of a week. */
function leaveGroups(draft: Draft, ctx: DecisionContext, { week }: WeekHours): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.week !== week || item.status === "closed") continue;
    const slot = ctx.program.sessions.find((one) => one.slot === item.slot);
    if (slot === undefined || item.scheduledStartAt <= ctx.now) continue;
    if (item.visit !== undefined || item.isMakeUp === true) continue;
    if (isOfTrack(slot, trackOn(ctx.program, draft.episode, item.on))) continue;
    const { cancelledFor, known: _known, ...session } = item;
    if (item.status === "cancelled" && cancelledFor === undefined) continue;
    // What a closed day took is no longer taken by it.
    if (cancelledFor !== undefined)
      draft.set({ weeks: withSessionHeldAgain(draft.episode.weeks, session) });
    draft.set({ weeks: withoutSession(draft.episode.weeks, session) });
    draft.restore({ ...session, status: "cancelled" });
    draft.cancelMessages(
      ({ occurrence }) => firstOccurrence(occurrence) === item.sessionId,
      "track-changed",
    );
  }
}

/** Puts the groups of the new track into a week; those that were left before are taken up again. */
function joinGroups(
  draft: Draft,
  ctx: DecisionContext,
  { week, startsOn }: WeekHours,
): readonly Session[] | Refusal {
  const { episode } = draft;
  const added: Session[] = [];
  const { sessions } = planWeek(ctx.program, ctx.site, {
    week,
    startsOn,
    now: ctx.now,
    newId: ctx.newId,
    episodeId: episode.episodeId,
    trackOn: (on) => trackOn(ctx.program, episode, on),
  });
  for (const session of sessions) {
    const slot = ctx.program.sessions.find((one) => one.slot === session.slot);
    const known = draft.item(session.sk);
    if (slot?.track === undefined) continue;
    if (known?.kind === "session" && (known.status !== "cancelled" || known.cancelledFor)) continue;
    const other = draft
      .items()
      .find(
        (one): one is Session =>
          one.kind === "session" &&
          one.status === "planned" &&
          overlaps(
            { startAt: one.scheduledStartAt, endAt: one.scheduledEndAt },
            { startAt: session.scheduledStartAt, endAt: session.scheduledEndAt },
          ),
      );
    if (other !== undefined && session.status === "planned")
      return {
        refused: "not-now",
        sentence: `“${slot.title}” on ${session.on} is at the time of another visit, at ${localTime(other.scheduledStartAt, other.timeZone)}. Move that first.`,
      };
    if (known?.kind === "session")
      draft.restore({ ...session, sessionId: known.sessionId, version: known.version });
    else draft.add(session);
    draft.project({
      kind: "seat",
      groupSessionId: session.groupSessionId,
      sessionSk: session.sk,
      on: session.on,
    });
    draft.set({ weeks: withSessionAgain(draft.episode.weeks, session) });
    if (session.status !== "planned") {
      draft.set({ weeks: withSessionClosed(draft.episode.weeks, session) });
      continue;
    }
    const after = draft.item(session.sk);
    if (after?.kind === "session") added.push(after);
  }
  return added;
}

/** One notice says when the first group of the new track is; the page of the week shows the others. */
function tellOfTrack(draft: Draft, ctx: DecisionContext, added: readonly Session[]): void {
  const [first] = added.toSorted((left, right) =>
    left.scheduledStartAt.localeCompare(right.scheduledStartAt),
  );
  if (first === undefined) return;
  const before = { ...asKnown(first), isHeld: false, isNew: true } as const;
  const session = draft.replace(first, { known: before });
  tellOfSessions(draft, ctx, [{ session, before }]);
  remindAnew(draft, ctx, added);
}
