import type { EpisodeItem, OpenState } from "../care/episode/episode-item.ts";
import type { WorkflowRun } from "../care/episode/workflow-run.ts";
import { itemKeys, itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { readEpisode, readEpisodeItem } from "./episode-forms.ts";

/**
 * Loads an episode's root, its open items, and the holds of its runs: what decisions look at, and
 * never the whole history. `alsoLoad` names closed items that a decision stumbled upon.
 */
export async function loadEpisode(
  store: Store,
  episodeId: string,
  alsoLoad: readonly string[] = [],
): Promise<OpenState | undefined> {
  const key = keys.episode(episodeId);
  const root = await store.get("care", key.pk, key.sk);
  if (root === undefined) return undefined;
  const episode = readEpisode(root);
  const wanted = new Set([...episode.open, ...alsoLoad]);
  for (const sk of episode.open) {
    if (sk.startsWith(itemPrefixes.driver)) wanted.add(itemKeys.holdOfDriver(sk));
  }
  return { episode, items: await loadItems(store, episodeId, [...wanted]) };
}

/** Items of an episode by sort key, closed ones too; what is not there is left out. */
export async function loadItems(
  store: Store,
  episodeId: string,
  sks: readonly string[],
): Promise<ReadonlyMap<string, EpisodeItem>> {
  const found = await getAll(
    store,
    sks.map((sk) => keys.episodeItem(episodeId, sk)),
  );
  return new Map(found.map((item) => [item.sk, readEpisodeItem(item)]));
}

async function getAll(
  store: Store,
  wanted: readonly { readonly pk: string; readonly sk: string }[],
): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  for (let index = 0; index < wanted.length; index += 100) {
    found.push(...(await store.getMany("care", wanted.slice(index, index + 100))));
  }
  return found;
}

/** The episode's run under this sort key, as it stands now. */
export async function loadRun(
  store: Store,
  episodeId: string,
  runSk: string,
): Promise<WorkflowRun | undefined> {
  const key = keys.episodeItem(episodeId, runSk);
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const read = readEpisodeItem(item);
  return read.kind === "driver" ? read : undefined;
}
