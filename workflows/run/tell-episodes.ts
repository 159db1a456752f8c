import type { OutboxEntry } from "../../shared/care/change/outbox-entry.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { StoredItem, WriteOperation } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import {
  type ContactPointEpisode,
  contactPointEpisodes,
} from "../../shared/store/contact-point-items.ts";
import { readEpisode } from "../../shared/store/episode-forms.ts";
import { outboxItem } from "../../shared/store/outbox-item.ts";

type Told = Extract<OutboxEntry, { kind: "tell-episodes" }>;

/** With a copy of the words and two commands for each, a transaction stays far below its 100 items and 4 MB. */
const episodesAtOnce = 8;

/**
 * Hands what concerns a contact point to every episode that is reached there, however many: the commands
 * as outbox entries of the episode, the words as its own copy. Page after page, so no transaction grows with the
 * number of people. A repeat writes the same items again: their ids follow from the outbox entry's.
 *
 * Words go to the live episodes, or to the last one where all have ended: somebody reads them in any case.
 */
export async function tellEpisodes(
  deps: CareDeps,
  told: Told,
  { effectId, owedAt }: { readonly effectId: string; readonly owedAt: string },
): Promise<void> {
  const note = await loadNote(deps, told);
  // The words are removed when everybody has them.
  if (note === "handed-out") return;
  let isTold = false;
  let last: Episode | undefined;
  for await (const page of contactPointEpisodes(deps.store, told.contactPointId)) {
    const found = await loadRoots(deps, page);
    const episodes = note === undefined ? found : found.filter(isLive);
    await tell(deps, told, { effectId, owedAt, note, episodes });
    isTold ||= episodes.length > 0;
    // A number that turned out to be somebody else's tells nothing of whose it was.
    last ??= found.find(({ reach }) => isReachedAt(reach, told)) ?? found[0];
  }
  if (note === undefined) return;
  if (!isTold) {
    if (last === undefined)
      throw new NotFoundError("Nobody is reached where these words came from", { effectId });
    await tell(deps, told, { effectId, owedAt, note, episodes: [last] });
  }
  await transactWithRetry(deps, [{ delete: { table: "identity", pk: note.pk, sk: note.sk } }]);
}

function isReachedAt({ sms, email }: Episode["reach"], { contactPointId }: Told): boolean {
  return sms?.contactPointId === contactPointId || email?.contactPointId === contactPointId;
}

function isLive(episode: Episode): boolean {
  return !isTerminal(episode.status);
}

async function loadNote(
  { store }: CareDeps,
  { contactPointId, noteId }: Told,
): Promise<StoredItem | "handed-out" | undefined> {
  if (noteId === undefined) return undefined;
  const key = keys.note(keys.contactPoint(contactPointId).pk, noteId);
  return (await store.get("identity", key.pk, key.sk)) ?? "handed-out";
}

/** Newest first, as they were listed; one that was erased meanwhile is left out. */
async function loadRoots(
  { store }: CareDeps,
  page: readonly ContactPointEpisode[],
): Promise<readonly Episode[]> {
  const roots = await store.getMany(
    "care",
    page.map(({ episodeId }) => keys.episode(episodeId)),
  );
  return roots.map(readEpisode);
}

async function tell(
  deps: CareDeps,
  told: Told,
  what: {
    readonly effectId: string;
    readonly owedAt: string;
    readonly note: StoredItem | undefined;
    readonly episodes: readonly Episode[];
  },
): Promise<void> {
  for (let from = 0; from < what.episodes.length; from += episodesAtOnce) {
    const some = what.episodes.slice(from, from + episodesAtOnce);
    await transactWithRetry(
      deps,
      some.flatMap((episode) => operationsFor(told, what, episode)),
    );
  }
}

function operationsFor(
  { commands, noteId }: Told,
  what: {
    readonly effectId: string;
    readonly owedAt: string;
    readonly note: StoredItem | undefined;
  },
  { episodeId, siteId }: Episode,
): readonly WriteOperation[] {
  const { pk } = keys.episode(episodeId);
  return [
    ...(what.note === undefined || noteId === undefined
      ? []
      : [
          {
            put: {
              table: "identity",
              item: { ...what.note, ...keys.note(episodeId, noteId) },
            },
          } as const,
        ]),
    ...commands.map(
      (command, index): WriteOperation => ({
        put: {
          table: "care",
          item: outboxItem({
            pk,
            siteId,
            effectId: `${what.effectId}-${index}`,
            effect: { kind: "apply", episodeId, command },
            // Owed since then: the sweep does not give each link of the chain another minute.
            now: what.owedAt,
          }),
        },
      }),
    ),
  ];
}
