import type { Episode } from "../care/episode/episode.ts";
import { isTerminal } from "../care/episode/status.ts";
import type { Channel } from "../care/program/program.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { contactPointEpisodes } from "./contact-point-items.ts";
import { readEpisode } from "./episode-forms.ts";

/**
 * The newest live episode of a number or address. What somebody writes whose pathway has ended goes to their last episode:
 * whoever reads it sees who it is and how their care ended, and words of danger page until somebody has spoken with them.
 */
export async function episodeReachedAt(
  store: Store,
  channel: Channel,
  contactPointId: string,
): Promise<Episode | undefined> {
  let last: Episode | undefined;
  for await (const page of contactPointEpisodes(store, contactPointId)) {
    const roots = await store.getMany(
      "care",
      page.map(({ episodeId }) => keys.episode(episodeId)),
    );
    const episodes = roots
      .map(readEpisode)
      .sort((left, right) => right.createdAt.localeCompare(left.createdAt));
    const live = episodes.find((episode) => !isTerminal(episode.status));
    if (live !== undefined) return live;
    last ??= episodes.find((episode) => episode.reach[channel]?.contactPointId === contactPointId);
  }
  return last;
}
