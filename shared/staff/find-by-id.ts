import type { EpisodeItem } from "../care/episode/episode-item.ts";
import { episodeIdOf } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readEpisodeItem } from "../store/episode-forms.ts";

type ItemOf<Kind extends EpisodeItem["kind"]> = Extract<EpisodeItem, { kind: Kind }>;

/** What a public id stands for. */
export type Found<Kind extends EpisodeItem["kind"]> = {
  /** Missing where the item belongs to a site and to no participant. */
  readonly episodeId: string | undefined;
  readonly pk: string;
  readonly siteId: string;
  readonly item: ItemOf<Kind>;
};

/**
 * The item behind a public id, of an episode or of a site. The index only says where to look; what is
 * returned is read from the item itself.
 */
export async function findById<Kind extends EpisodeItem["kind"]>(
  store: Store,
  id: string,
  kind: Kind,
): Promise<Found<Kind> | undefined> {
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)) return undefined;
  const page = await store.queryIndex("byId", id, { limit: 5 });
  for (const hit of page.items) {
    const stored = await store.get("care", hit.pk, hit.sk);
    if (stored?.kind !== kind) continue;
    // What it says that it is, it was read as.
    const item = readEpisodeItem(stored) as ItemOf<Kind>;
    return {
      pk: hit.pk,
      siteId: String(stored.siteId ?? ""),
      item,
      episodeId: episodeIdOf(hit.pk),
    };
  }
  return undefined;
}

/** Like {@link findById}, for what belongs to an episode of one of these sites; else there is nothing. */
export async function findOwn<Kind extends EpisodeItem["kind"]>(
  store: Store,
  staff: { readonly siteIds: readonly string[] },
  id: string,
  kind: Kind,
): Promise<(Found<Kind> & { readonly episodeId: string }) | undefined> {
  const found = await findById(store, id, kind);
  if (found?.episodeId === undefined || !staff.siteIds.includes(found.siteId)) return undefined;
  return { ...found, episodeId: found.episodeId };
}
