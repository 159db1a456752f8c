import type { EpisodeItem } from "../../shared/domain/episode/episode.ts";
import type { Store } from "../../shared/ports/store.ts";
import { readEpisodeItem } from "../../shared/services/load-episode.ts";

/**
 * The episode and the item behind a public id. The index only says where to look; what is returned is
 * read from the item itself.
 */
export async function findById<Kind extends EpisodeItem["kind"]>(
  store: Store,
  id: string,
  kind: Kind,
): Promise<
  | {
      readonly episodeId: string;
      readonly siteId: string;
      readonly item: Extract<EpisodeItem, { kind: Kind }>;
    }
  | undefined
> {
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)) return undefined;
  const page = await store.queryIndex("byId", id, { limit: 5 });
  for (const hit of page.items) {
    if (!hit.pk.startsWith("EP#")) continue;
    const stored = await store.get("care", hit.pk, hit.sk);
    if (stored === undefined) continue;
    const item = readEpisodeItem(stored);
    if (item.kind === kind) {
      return {
        episodeId: hit.pk.slice("EP#".length),
        siteId: String(stored.siteId ?? ""),
        item: item as Extract<EpisodeItem, { kind: Kind }>,
      };
    }
  }
  return undefined;
}
