import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { firstOccurrence } from "../../shared/care/episode/message.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import {
  type GroupPlaces,
  refuseFull,
  refusePlaces,
} from "../../shared/care/sessions/full-groups.ts";
import { groupOfSession } from "../../shared/care/sessions/group-waits.ts";
import { buildGroupSession } from "../../shared/care/sessions/plan-week.ts";
import { standingOf } from "../../shared/care/sessions/standing.ts";
import { visitConflict } from "../../shared/care/sessions/visits.ts";
import { withoutMinutesOf, withSessionAgain } from "../../shared/care/sessions/without-session.ts";
import { actingStaff } from "../../shared/care/tasks/refuse.ts";
import { mondayOf } from "../../shared/care/time/zoned-time.ts";
import {
  licenceConflict,
  refuseLicence,
  refuseTime,
  refuseVisitsOf,
  tellOfBooking,
} from "./book-visit.ts";
import { followForecast } from "./follow-forecast.ts";
import { takeOffer } from "./wait-for-group.ts";

export type MakeUpRequest = {
  /** The group session in which the person takes a place. */
  readonly sessionId: string;
  /** True where they do not come to it after all. */
  readonly isGivenUp?: boolean | undefined;
  /** True where they are put in although the group has no place left. */
  readonly isOverCapacity?: boolean | undefined;
  /** True where the group is online and its leader has no licence on record for the state that the person is in. */
  readonly isOutsideLicence?: boolean | undefined;
  readonly reason: string;
};

const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });

/**
 * Gives somebody a place in a group of their program that they are not expected in, for hours that they missed; or takes
 * it back. It is a session like any other from then on: roster, reminder, hours, closed days. What stands in the way is
 * said and nothing is changed: over, closed, full, another session at that time.
 *
 * @param state - with the person's session in that group where there was one, cancelled or not
 * @param places - how many others are expected in that group, where it has a number of places
 */
export function bookMakeUp(
  state: OpenState,
  request: MakeUpRequest,
  ctx: DecisionContext,
  places: readonly GroupPlaces[],
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const found = groupOf(ctx, request.sessionId);
  if (isRefusal(found)) return found;
  const { slot, plannedOn, standing } = found;
  const draft = new Draft(state, ctx);
  const own = draft
    .items()
    .find(
      (item): item is Session =>
        item.kind === "session" && item.groupSessionId === request.sessionId,
    );
  if (request.isGivenUp === true) return giveUp(draft, ctx, own, request.reason);
  if (own !== undefined && own.status !== "cancelled")
    return notNow("The person is expected in that group already.");
  const refusal = refuseVisitsOf(state, [standing.on]) ?? refuseTime(ctx, standing.on, standing);
  if (refusal !== undefined) return refusal;
  if (!standing.isHeld) return notNow("That group is not held then. Choose another one.");
  const week = state.episode.weeks.find(
    ({ startsOn, closedAt }) =>
      closedAt === undefined && mondayOf(startsOn) === mondayOf(standing.on),
  );
  if (week === undefined)
    return notNow("That week is not open yet. Book the place when its groups are planned.");
  const conflict = visitConflict(
    state,
    ctx,
    { ...standing, moved: [] },
    { timetables: [], bookings: [] },
  );
  if (conflict !== undefined) return notNow(conflict);
  const full = refusePlaces(places, request.isOverCapacity);
  if (full !== undefined) return full;
  const licence = licenceConflict(state, ctx, standing, standing);
  const outside = licence === undefined ? undefined : refuseLicence(licence, request);
  if (outside !== undefined) return outside;
  const session: Session = {
    ...buildGroupSession(ctx.program, ctx.site, slot, {
      week: week.week,
      plannedOn,
      standing,
      newId: ctx.newId,
      episodeId: state.episode.episodeId,
    }),
    isMakeUp: true,
  };
  if (own === undefined) draft.add(session);
  else draft.restore({ ...session, sessionId: own.sessionId, version: own.version });
  draft.project({
    kind: "seat",
    groupSessionId: session.groupSessionId,
    sessionSk: session.sk,
    on: session.on,
  });
  draft.set({ weeks: withSessionAgain(draft.episode.weeks, session) });
  followForecast(draft, ctx, week.week);
  takeOffer(draft, ctx, { sessionId: request.sessionId });
  const added = draft.item(session.sk);
  if (added?.kind === "session") tellOfBooking(draft, ctx, [added]);
  return finishWithReason(
    draft,
    ctx,
    "make-up-booked",
    {
      sessionId: session.sessionId,
      on: session.on,
      slot: slot.slot,
      ...(refuseFull(places, false) === undefined ? {} : { overCapacity: true }),
      ...(licence === undefined ? {} : { outsideLicence: true }),
    },
    request.reason,
  );
}

/** The group session as it stands; a refusal where it is none of the person's program, or for one person alone. */
function groupOf(ctx: DecisionContext, groupSessionId: string) {
  const group = groupOfSession(ctx, groupSessionId);
  if (isRefusal(group)) return group;
  const { slot, plannedOn } = group;
  const { program, site } = ctx;
  return { slot, plannedOn, standing: standingOf(site, program.programId, slot, plannedOn) };
}

/** The place is free again; the week expects no more than it did before, and is as full as it was. */
function giveUp(
  draft: Draft,
  ctx: DecisionContext,
  own: Session | undefined,
  reason: string,
): Change | Refusal {
  if (own?.isMakeUp !== true || own.status !== "planned")
    return notNow("The person has no make-up place in that group.");
  if (own.scheduledStartAt <= ctx.now)
    return notNow("That group has begun. Enter who came under Attendance.");
  const { known: _known, ...session } = own;
  draft.restore({ ...session, status: "cancelled" });
  draft.set({ weeks: withoutMinutesOf(draft.episode.weeks, own) });
  draft.cancelMessages(
    ({ occurrence }) => firstOccurrence(occurrence) === own.sessionId,
    "make-up-given-up",
  );
  followForecast(draft, ctx, own.week);
  return finishWithReason(
    draft,
    ctx,
    "make-up-given-up",
    { sessionId: own.sessionId, on: own.on, slot: own.slot },
    reason,
  );
}
