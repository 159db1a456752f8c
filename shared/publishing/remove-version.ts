import { isTerminal } from "../care/episode/status.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readEpisode } from "../store/episode-forms.ts";
import { listRoster, listSites } from "../store/list-sites.ts";
import { readLatest } from "../store/load-program.ts";
import { tryAgain } from "./try-again.ts";

export type Removal =
  | { readonly removed: true }
  | { readonly removed: false; readonly sentence: string };

/**
 * Removes a published version that nobody needs any more. One that new episodes begin on, or that a
 * live episode began with, stays: its words and rules are that person's care.
 */
export async function removeVersion(
  deps: { readonly store: Store },
  programId: string,
  version: number,
): Promise<Removal> {
  const key = keys.program(programId, version);
  const stored = await deps.store.get("care", key.pk, key.sk);
  if (stored === undefined)
    return { removed: false, sentence: `${programId} has no version ${version}.` };
  const latestKey = keys.programLatest(programId);
  const latest = await readLatest(deps.store, programId);
  if (latest?.version === version) {
    return {
      removed: false,
      sentence: `New episodes begin on version ${version} of ${programId}: publish another first.`,
    };
  }
  const live = await countLiveEpisodes(deps.store, programId, version);
  if (live > 0) {
    return {
      removed: false,
      sentence: `${live} live ${live === 1 ? "episode is" : "episodes are"} on version ${version} of ${programId}: it stays until they have ended.`,
    };
  }
  await tryAgain(() =>
    deps.store.transact([
      { delete: { table: "care", ...key } },
      // Nobody may have made it the version for new episodes in the meantime.
      {
        check: {
          table: "care",
          ...latestKey,
          condition: { kind: "equals", attributes: { version: latest?.version } },
        },
      },
    ]),
  );
  return { removed: true };
}

async function countLiveEpisodes(
  store: Store,
  programId: string,
  version: number,
): Promise<number> {
  let count = 0;
  for (const { siteId } of await listSites(store)) {
    const episodeIds = await listRoster(store, siteId);
    for (let from = 0; from < episodeIds.length; from += 100) {
      const roots = await store.getMany(
        "care",
        episodeIds.slice(from, from + 100).map((episodeId) => keys.episode(episodeId)),
      );
      count += roots
        .map((root) => readEpisode(root))
        .filter(
          (episode) =>
            episode.programId === programId &&
            episode.programVersion === version &&
            !isTerminal(episode.status),
        ).length;
    }
  }
  return count;
}
