import type { Change } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { WriteOperation } from "../../../shared/ports/store.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { loadItems } from "../../../shared/store/decide-and-commit.ts";
import { readEpisode } from "../../../shared/store/episode-forms.ts";
import { readProfile } from "../../../shared/store/person-items.ts";
import { type Around, followTakenBack, itemsToTakeApart, type TakenApart } from "./not-the-same.ts";
import { returnPlaces } from "./return-to-groups.ts";

/** A change with what leaves `identity` in the same transaction. */
export type WithErased = { readonly change: Change; readonly also: readonly WriteOperation[] };

/** The same in the other record; nothing where the two are apart already. */
export async function followTakenBackHere(
  deps: CareDeps,
  state: OpenState,
  command: Parameters<typeof followTakenBack>[1],
  ctx: DecisionContext,
): Promise<WithErased | undefined> {
  const loaded = await loadToTakeApart(deps, state, ctx, command.episodeId);
  const decided = followTakenBack(loaded.state, command, ctx, loaded.around);
  return decided === undefined ? undefined : withErased(decided, loaded.taking);
}

/** The state with what was ended in it, and what else taking two records apart looks at. */
export async function loadToTakeApart(
  deps: CareDeps,
  state: OpenState,
  ctx: DecisionContext,
  otherEpisodeId: string,
): Promise<{
  readonly state: OpenState;
  readonly around: Around;
  /** What is written with the places that the person takes in groups again. */
  readonly taking: readonly WriteOperation[];
}> {
  const { store } = deps;
  const { episodeId, participantId } = state.episode;
  const key = keys.episode(otherEpisodeId);
  const [root, profile] = await Promise.all([
    store.get("care", key.pk, key.sk),
    readProfile(store, participantId),
  ]);
  const otherParticipantId = root === undefined ? "" : readEpisode(root).participantId;
  const closed = await loadItems(
    store,
    episodeId,
    itemsToTakeApart(state, otherEpisodeId, otherParticipantId),
  );
  const loaded = { ...state, items: new Map([...closed, ...state.items]) };
  const other = state.episode.others?.find((one) => one.episodeId === otherEpisodeId);
  const { groups, taking } = await returnPlaces(store, ctx, loaded, other?.stood);
  return { state: loaded, around: { profile, otherParticipantId, groups }, taking };
}

/** The change as it is committed. */
export function withErased(
  { change, erase }: TakenApart,
  taking: readonly WriteOperation[],
): WithErased {
  const erased = erase.map((key): WriteOperation => ({ delete: { table: "identity", ...key } }));
  return { change, also: [...erased, ...taking] };
}
