import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { loadContext, loadEpisode } from "../../shared/store/decide-and-commit.ts";

/** What is on record about somebody, to look at: nothing here changes it. */
export async function readRecord(
  deps: Pick<CareDeps, "store">,
  episodeId: string,
): Promise<OpenState> {
  const state = await loadEpisode(deps.store, episodeId);
  if (state === undefined) throw new Error("There is no such episode");
  return state;
}

/** The program and all else that a decision about somebody would be made from. */
export function readRules(
  deps: CareDeps,
  { episode }: OpenState,
  actor: Actor = { kind: "system", part: "test" },
): Promise<DecisionContext> {
  return loadContext(deps, episode, actor);
}
