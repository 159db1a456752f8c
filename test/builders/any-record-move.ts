import type { Change, Refusal } from "../../shared/care/change/change.ts";
import { isRefusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { recordMeasure } from "../../shared/questions/record-measure.ts";
import { followTakenBack, takeBackSamePerson } from "../../workflows/run/people/not-the-same.ts";
import { applySamePerson } from "../../workflows/run/people/same-person.ts";
import { answerTransfer, askForTransfer } from "../../workflows/run/people/transfer-site.ts";
import { buildEpisode } from "./state.ts";

/** What moves somebody between sites and records, and what has a step up proposed. */
export const recordMoves = ["transfer", "transfer", "same-person", "apart", "measure"] as const;
export type RecordMove = (typeof recordMoves)[number];

/** One of them; `undefined` where there is nothing to do it to. */
export function carryOutOnRecords(
  what: RecordMove,
  state: OpenState,
  { pick, other }: { readonly pick: number; readonly other: number },
  ctx: DecisionContext,
): Change | Refusal | undefined {
  switch (what) {
    case "transfer":
      return transfer(state, other, ctx);
    case "same-person":
      return samePerson(state, pick, ctx);
    case "apart":
      return apart(state, pick, ctx);
    case "measure":
      return measure(state, other % 4, ctx);
  }
}

/** Another site is asked, or answers. */
function transfer(state: OpenState, other: number, ctx: DecisionContext): Change | Refusal {
  const siteId = state.episode.siteId === "mesa" ? "riverside" : "mesa";
  const to = { ...ctx.site, siteId, name: siteId };
  const asked = [...state.items.values()].find(
    (item): item is CareTask =>
      item.kind === "task" && item.taskKind === "site-transfer" && item.status === "open",
  );
  if (asked === undefined) return askForTransfer(state, { reason: "Moves there" }, to, ctx);
  const outcome = other % 3 === 0 ? "declined" : "accepted";
  return answerTransfer(state, { taskSk: asked.sk, outcome, note: "Agreed" }, to, ctx);
}

/** Records of the same person: a new referral, and one of earlier care. */
const others = ["A", "B"].map((letter) =>
  buildEpisode({
    episodeId: `01JHEP00000000000000000${letter}E9`,
    participantId: `01JHEP00000000000000000${letter}P9`,
  }),
);

function samePerson(state: OpenState, pick: number, ctx: DecisionContext): Change | undefined {
  const episode = others[pick % 2];
  if (episode === undefined) return undefined;
  const { episodeId } = episode;
  const referral = {
    episode,
    profile: undefined,
    referral: { reason: "Wants to come back" },
    phone: undefined,
    email: undefined,
    releases: [],
  };
  const earlier = {
    episode: { ...episode, status: "aftercare", dischargedAt: "2027-01-02T15:00:00.000Z" } as const,
    profile: undefined,
    own: undefined,
    medicines: [],
    releases: [],
  };
  const types = ["same-person", "goes-on-elsewhere", "came-back", "readmitted"] as const;
  const type = types[Math.floor(pick / 2) % types.length] ?? "same-person";
  // Rare, or no life would be long.
  if (type === "goes-on-elsewhere" && pick % 5 !== 0) return undefined;
  return applySamePerson(state, { type, episodeId }, ctx, { referral, earlier });
}

/** Staff take it back here, or it was taken back in the other record. */
function apart(state: OpenState, pick: number, ctx: DecisionContext): Change | Refusal | undefined {
  const said = state.episode.others ?? [];
  const known = said[pick % Math.max(1, said.length)];
  if (known === undefined) return undefined;
  const otherParticipantId =
    others.find(({ episodeId }) => episodeId === known.episodeId)?.participantId ?? "";
  const around = { profile: undefined, otherParticipantId, groups: [] };
  const { episodeId: otherEpisodeId } = known;
  const taken =
    pick % 3 === 0
      ? followTakenBack(
          state,
          { type: "not-the-same", episodeId: otherEpisodeId, by: "casey" },
          ctx,
          around,
        )
      : takeBackSamePerson(state, { otherEpisodeId, reason: "Two sisters" }, ctx, around);
  return taken === undefined || isRefusal(taken) ? taken : taken.change;
}

/** Staff ask the PHQ-9 in the room; high answers, twice, have a step up proposed. */
function measure(state: OpenState, value: number, ctx: DecisionContext): Change | Refusal {
  const items = ctx.instruments["phq-9"]?.items ?? [];
  const answers = Object.fromEntries(items.map(({ itemId }) => [itemId, value]));
  return recordMeasure(state, { instrumentId: "phq-9", mode: "in-person", answers }, ctx);
}
