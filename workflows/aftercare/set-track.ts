import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import type { Contact } from "../../shared/care/pathway/next-contact.ts";
import { dropFewerContacts } from "../../shared/care/pathway/propose-cadence.ts";
import type { AftercareTrack } from "../../shared/care/program/program.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { actingStaff } from "../../shared/care/tasks/refuse.ts";
import { moveNextContact } from "../../shared/messages/plan-check-in.ts";

/** Phases in which it is decided how somebody is followed up. */
const phases = ["active", "onhold", "discharge-planning", "discharged", "aftercare"];

/**
 * Puts somebody on another track of contacts after the program, or back on the program's days. A contact that has not
 * opened yet moves at once; one that is under way goes on as it began.
 */
export function setTrack(
  state: OpenState,
  body: { readonly track: AftercareTrack | "program-days"; readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuse(state, body.track, ctx);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  const moved = putOnTrack(draft, ctx, body.track);
  return finishWithReason(
    draft,
    ctx,
    "aftercare-track-set",
    { track: body.track, ...(moved === undefined ? {} : { day: moved.day }) },
    body.reason,
  );
}

/**
 * Writes the track down and plans the contact again that has not opened yet.
 * @returns that contact where it moves
 */
export function putOnTrack(
  draft: Draft,
  ctx: DecisionContext,
  track: AftercareTrack | "program-days",
): Contact | undefined {
  // On the program's days again means so: contacts that were brought closer go back, too.
  const { track: _track, closerUntil, steady = 0, ...rest } = draft.episode.aftercare ?? {};
  const isCloserStill = track !== "program-days" && closerUntil !== undefined;
  draft.set({
    aftercare: {
      ...rest,
      steady,
      ...(isCloserStill ? { closerUntil } : {}),
      ...(track === "program-days" ? {} : { track: { name: track, since: ctx.now } }),
    },
  });
  dropFewerContacts(draft);
  return draft.episode.status === "aftercare" ? moveNextContact(draft, ctx) : undefined;
}

function refuse(
  { episode }: OpenState,
  track: AftercareTrack | "program-days",
  { program }: DecisionContext,
): Refusal | undefined {
  const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });
  const { cadence, weeklyCalls } = program.aftercare;
  if (!phases.includes(episode.status))
    return notNow(
      `How somebody is followed up is decided from the admission on (now: ${statusLabels[episode.status].toLowerCase()}).`,
    );
  const isCloser = track === "program-days" && episode.aftercare?.closerUntil !== undefined;
  if (!isCloser && track === (episode.aftercare?.track?.name ?? "program-days"))
    return notNow("It is so already.");
  if (track === "weekly-calls" && weeklyCalls?.isOffered !== true)
    return notNow(
      "This program offers no weekly calls: there has to be staff who make them. The program says whether it does.",
    );
  if (track !== "stretched") return undefined;
  const steady = episode.aftercare?.steady ?? 0;
  if (cadence === undefined) return notNow("This program has the same days for everybody.");
  return steady < cadence.stretched.afterSteady
    ? notNow(
        `Contacts are thinned out after ${cadence.stretched.afterSteady} check-ins in a row that were answered and asked for nothing; so far it is ${steady}. Calls of staff are not counted.`,
      )
    : undefined;
}
