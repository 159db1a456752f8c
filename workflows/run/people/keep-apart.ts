import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { ApartCommand } from "../../../shared/care/change/outbox-entry.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import { screenReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { areApart, readersOfApart, recordsOf } from "../../../shared/care/sessions/apart.ts";
import { actingStaff, refuseEnded } from "../../../shared/care/tasks/refuse.ts";
import { keys } from "../../../shared/keys/keys.ts";

export type ApartRequest = {
  readonly otherEpisodeId: string;
  readonly isTakenBack?: boolean | undefined;
  /** Why; asked for where it is recorded, and read only by those who may record it. */
  readonly reason?: string | undefined;
};

const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });
const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });

/**
 * Records that two people are not to be in one group, or takes it back. From then on neither comes into a group of the
 * other; groups that both come to already stay, and are shown, until somebody moves one of them. The same is written in
 * the other's record.
 *
 * @param other - the other person's record; `undefined` where the caller has no such person
 */
export function keepApart(
  state: OpenState,
  { otherEpisodeId, isTakenBack, reason = "" }: ApartRequest,
  other: Episode | undefined,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  if (!readersOfApart.some((one) => staff.functions.includes(one)))
    return {
      refused: "not-allowed",
      sentence: "Who is not to be in one group is recorded by case managers and clinicians.",
    };
  const { episode } = state;
  const draft = new Draft(state, ctx);
  const told = { since: ctx.now, by: staff.staffId };
  if (isTakenBack === true) {
    if (episode.apartFrom?.some((one) => one.episodeId === otherEpisodeId) !== true)
      return notNow("It is not recorded that these two are not to be in one group.");
    draft.owe({
      kind: "apply",
      episodeId: otherEpisodeId,
      command: { type: "apart", episodeId: episode.episodeId, isTakenBack, ...told },
    });
    return takeBack(draft, otherEpisodeId);
  }
  const refusal = refuseEnded(episode);
  if (refusal !== undefined) return refusal;
  if (other === undefined) return invalid("There is no such person at your sites.");
  if (recordsOf(episode).includes(otherEpisodeId) || recordsOf(other).includes(episode.episodeId))
    return invalid("That is a record of the same person. Choose the other one.");
  if (isTerminal(other.status)) return notNow("The care of the other person has ended.");
  if (areApart(episode, other))
    return { refused: "already-decided", sentence: "That is recorded already." };
  if (reason.trim() === "")
    return invalid("Write down why. Only case managers, clinicians and supervisors read it.");
  draft.identity({
    ...keys.apartReason(episode.episodeId, otherEpisodeId),
    attributes: { kind: "apart", reason },
  });
  draft.owe({
    kind: "apply",
    episodeId: otherEpisodeId,
    command: { type: "apart", episodeId: episode.episodeId, ...told },
  });
  screenReason(draft, ctx, "kept-apart", reason);
  return add(draft, { episodeId: otherEpisodeId, ...told });
}

/** The same in the other's record. Safe to repeat: what is so already stays so. */
export function followApart(
  state: OpenState,
  { episodeId, isTakenBack, since, by }: ApartCommand,
  ctx: DecisionContext,
): Change | undefined {
  const isKnown = state.episode.apartFrom?.some((one) => one.episodeId === episodeId) === true;
  if (isKnown !== (isTakenBack === true)) return undefined;
  const draft = new Draft(state, ctx);
  return isKnown ? takeBack(draft, episodeId) : add(draft, { episodeId, since, by });
}

function add(draft: Draft, entry: NonNullable<Episode["apartFrom"]>[number]): Change {
  draft.set({ apartFrom: [...(draft.episode.apartFrom ?? []), entry] });
  return draft.finish("kept-apart", { episodeId: entry.episodeId });
}

function takeBack(draft: Draft, episodeId: string): Change {
  const { apartFrom = [] } = draft.episode;
  draft.set({ apartFrom: apartFrom.filter((one) => one.episodeId !== episodeId) });
  return draft.finish("kept-apart-ended", { episodeId });
}
