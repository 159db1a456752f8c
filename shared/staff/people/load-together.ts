import type { Episode } from "../../care/episode/episode.ts";
import { keys } from "../../keys/keys.ts";
import type { Store, StoredItem } from "../../ports/store.ts";
import { readEpisode } from "../../store/episode-forms.ts";
import { type Profile, profileForm } from "../../store/person-items.ts";
import { readOr, readStored } from "../../store/read-stored.ts";

type Key = { readonly pk: string; readonly sk: string };

/** How many items one call reads. */
const batchSize = 100;

/** Who an episode is about, as a list shows it; either part may be there and not be readable. */
export type ListedPerson = {
  readonly episode: Episode | "unreadable";
  /** Missing where it was erased. */
  readonly profile?: Profile | "unreadable";
};

/**
 * Episodes with the profiles of their people, read together: two calls for each hundred of them, at the same time.
 * Episodes that are not there are left out; one that cannot be read says so and hides no other.
 */
export async function loadTogether(
  store: Store,
  episodeIds: readonly string[],
): Promise<ReadonlyMap<string, ListedPerson>> {
  const roots = await getAll((some) => store.getMany("care", some), episodeIds, keys.episode);
  const episodes = new Map<string, Episode | "unreadable">();
  for (const [episodeId, root] of roots)
    episodes.set(
      episodeId,
      readOr<Episode, "unreadable">(root, readEpisode, () => "unreadable"),
    );
  const participantIds = [...episodes.values()].flatMap((episode) =>
    episode === "unreadable" ? [] : episode.participantId,
  );
  const stored = await getAll(
    (some) => store.getMany("identity", some),
    participantIds,
    keys.profile,
  );
  const people = new Map<string, ListedPerson>();
  for (const [episodeId, episode] of episodes) {
    const item = episode === "unreadable" ? undefined : stored.get(episode.participantId);
    const profile =
      item === undefined
        ? undefined
        : readOr<Profile, "unreadable">(
            item,
            (one) => readStored(profileForm, one),
            () => "unreadable",
          );
    people.set(episodeId, { episode, ...(profile === undefined ? {} : { profile }) });
  }
  return people;
}

/** The items of these ids, by id. */
async function getAll(
  getMany: (some: readonly Key[]) => Promise<readonly StoredItem[]>,
  ids: readonly string[],
  keyOf: (id: string) => Key,
): Promise<ReadonlyMap<string, StoredItem>> {
  const unique = [...new Set(ids)];
  const batches: Promise<readonly StoredItem[]>[] = [];
  for (let index = 0; index < unique.length; index += batchSize)
    batches.push(getMany(unique.slice(index, index + batchSize).map(keyOf)));
  const items = new Map((await Promise.all(batches)).flat().map((item) => [item.pk, item]));
  return new Map(
    unique.flatMap((id) => {
      const item = items.get(keyOf(id).pk);
      return item === undefined ? [] : [[id, item] as const];
    }),
  );
}
