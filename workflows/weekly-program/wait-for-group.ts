import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import {
  type GroupPlaces,
  refuseApart,
  refuseFull,
} from "../../shared/care/sessions/full-groups.ts";
import {
  type GroupWait,
  groupOfSession,
  groupsWaitedFor,
  hasPlace,
  isOfferOf,
  isToJoin,
  offerOccurrence,
  targetKey,
  targetOf,
  targetWords,
  type WaitTarget,
  whyOver,
  withoutWait,
} from "../../shared/care/sessions/group-waits.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { openTask, taskSk } from "../../shared/care/tasks/open-task.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";

export type WaitRequest = WaitTarget & {
  /** True where they wait no longer. */
  readonly isGivenUp?: boolean | undefined;
  readonly reason: string;
};

/** A change of somebody's record with the waiting list as it is after it. */
export type ChangeOfWaits = { readonly change: Change; readonly waits: readonly GroupWait[] };

const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });
const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });

/**
 * Puts somebody on the waiting list of a group that is full, or takes them off it. Who has waited longest is offered the
 * next place, by a task of the case manager.
 *
 * @param state - with the person's session in the group, where a make-up place in it is waited for
 * @param waits - the waiting list of the program at the site
 * @param places - how many others have a place in the groups that are asked for
 */
export function waitForGroup(
  state: OpenState,
  { reason, isGivenUp, ...asked }: WaitRequest,
  ctx: DecisionContext,
  {
    waits,
    places,
  }: { readonly waits: readonly GroupWait[]; readonly places: readonly GroupPlaces[] },
): ChangeOfWaits | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { episode } = state;
  const { episodeId } = episode;
  const target = targetOf(ctx.program, episode, asked);
  const others = withoutWait(waits, { episodeId, ...target });
  const draft = new Draft(state, ctx);
  if (isGivenUp === true) {
    if (others.length === waits.length)
      return notNow("The person is not on the waiting list of that group.");
    for (const task of offersOf(draft, target)) endTask(draft, task, "superseded");
    const ended = finishWithReason(draft, ctx, "group-wait-ended", factsOf(target), reason);
    return { change: ended, waits: others };
  }
  const refusal =
    refuseEnded(episode) ??
    refuseTarget(state, target, ctx) ??
    refuseApart(places) ??
    refuseFree(state, target, ctx, places);
  if (refusal !== undefined) return refusal;
  if (others.length !== waits.length)
    return notNow("The person is on the waiting list of that group already.");
  return {
    change: finishWithReason(draft, ctx, "group-wait-began", factsOf(target), reason),
    waits: [...others, { episodeId, since: ctx.now, ...target }],
  };
}

function refuseTarget(
  { episode, items }: OpenState,
  target: WaitTarget,
  ctx: DecisionContext,
): Refusal | undefined {
  const { sessionId, track } = target;
  const over = whyOver(ctx, episode, target);
  if (over === "not-in-care")
    return notNow(
      `The person comes to no group (${statusLabels[episode.status].toLowerCase()}), and waits for none.`,
    );
  if (sessionId !== undefined) {
    const group = groupOfSession(ctx, sessionId);
    if (isRefusal(group)) return group;
    if (isToJoin(episode))
      return invalid(
        "Make-up places are for people who are in the program. Choose the track that the person is to come to.",
      );
    if (over !== undefined) return notNow("That group has begun, or is over. Choose another one.");
  } else if (track !== undefined) {
    const { groupTracks: offered = [] } = ctx.program;
    if (!offered.some((one) => one.track === track))
      return invalid(
        offered.length === 0
          ? "This program has one track of groups only."
          : `There is no such track. Choose one of: ${offered.map((one) => one.title).join(", ")}.`,
      );
  } else if (!isToJoin(episode))
    return invalid("Say what the person waits for: a track, or one session of a group.");
  return hasPlace(ctx, episode, items.values(), target)
    ? notNow("The person has a place there already.")
    : undefined;
}

/** Nobody waits for what is free, and nobody for what has no number of places. */
function refuseFree(
  { episode }: OpenState,
  target: WaitTarget,
  ctx: DecisionContext,
  places: readonly GroupPlaces[],
): Refusal | undefined {
  if (groupsWaitedFor(ctx, episode, target).length === 0)
    return notNow("That group has no number of places: nobody waits for it.");
  return refuseFull(places, false) === undefined
    ? notNow("A place is free there: give it now instead of letting the person wait.")
    : undefined;
}

/** What came of a look at one wait: nothing, or the list as it is after it; `full` says that nobody else gets in either. */
export type Followed = ChangeOfWaits | "as-it-was" | "full";

/**
 * Looks after one who waits: offers the place when one is free, takes an offer back whose place is gone, and takes off
 * the list whoever has a place, declined or has left. An offer that is open is left alone.
 *
 * @param state - with the task that has offered the place, closed or not; and the person's session, where that is waited for
 * @param places - how many others have a place, or are being offered one
 */
export function followWait(
  state: OpenState,
  wait: GroupWait,
  ctx: DecisionContext,
  {
    waits,
    places,
    isHere,
  }: {
    readonly waits: readonly GroupWait[];
    readonly places: readonly GroupPlaces[];
    /** False for whoever has gone to another site or program meanwhile. */
    readonly isHere: boolean;
  },
): Followed {
  const { episode } = state;
  const draft = new Draft(state, ctx);
  const others = withoutWait(waits, wait);
  const asked = offersOf(draft, wait);
  const open = asked.find(({ status }) => status === "open");
  const off = (why: string): ChangeOfWaits => {
    if (open !== undefined) endTask(draft, open, "has-come");
    return {
      change: draft.finish("group-wait-ended", { ...factsOf(wait), why }),
      waits: others,
    };
  };
  const keep = (next: GroupWait, action: string): ChangeOfWaits => ({
    change: draft.finish(action, factsOf(wait)),
    waits: waits.map((one) => (others.includes(one) ? one : next)),
  });
  const over = isHere ? whyOver(ctx, episode, wait) : "not-here";
  if (over !== undefined) return off(over);
  if (hasPlace(ctx, episode, state.items.values(), wait)) return off("has-place");
  const isFull = refuseFull(places, false) !== undefined;
  const isApart = refuseApart(places) !== undefined;
  const { offer: _offer, ...waiting } = wait;
  if (open !== undefined) {
    if (!isFull && !isApart) return "as-it-was";
    // Somebody else was put in meanwhile, or is not to sit with this person: nobody is offered what is not there.
    endTask(draft, open, "superseded");
    return keep(waiting, "group-place-offer-ended");
  }
  if (wait.offer !== undefined) {
    const { taskSk: offeredSk } = wait.offer;
    const outcome = asked.find(({ sk }) => sk === offeredSk)?.outcome?.code;
    // Whoever could not be reached lets the next one pass, and stays on the list.
    if (outcome === "not-reached")
      return keep({ ...waiting, since: ctx.now }, "group-wait-put-back");
    return outcome === undefined
      ? keep(waiting, "group-place-offer-ended")
      : off(outcome === "declined" ? "declined" : "has-place");
  }
  if (isFull) return "full";
  // Whoever is away is asked when they are back, and whoever is not to sit with one of the group when that one has left
  // it; the place goes to the next one meanwhile.
  if (episode.status === "onhold" || isApart) return "as-it-was";
  const occurrence = offerOccurrence(wait, ctx.now);
  openTask(draft, ctx, {
    taskKind: "group-place",
    occurrence,
    words: `A place in ${targetWords(ctx.program, wait)} is free: offer it to this person, who has waited longest.`,
    about: { type: "group", id: targetKey(wait) },
    evidence: { waitingSince: localDate(wait.since, ctx.site.timeZone) },
  });
  return keep(
    { ...wait, offer: { at: ctx.now, taskSk: taskSk("group-place", occurrence) } },
    "group-place-offered",
  );
}

/** The place is given: the task that offered it is done. */
export function takeOffer(draft: Draft, ctx: DecisionContext, target: WaitTarget): void {
  if (ctx.actor.kind !== "staff") return;
  for (const task of offersOf(draft, target)) {
    if (task.status !== "open") continue;
    draft.replace(task, {
      status: "done",
      outcome: { code: "taken", recordedBy: ctx.actor.staffId, recordedAt: ctx.now },
    });
  }
}

function offersOf(draft: Draft, target: WaitTarget): readonly CareTask[] {
  return draft
    .items()
    .filter((item): item is CareTask => item.kind === "task" && isOfferOf(item, target));
}

function factsOf({ track, sessionId }: WaitTarget) {
  return {
    ...(track === undefined ? {} : { track }),
    ...(sessionId === undefined ? {} : { groupSessionId: sessionId }),
  };
}
