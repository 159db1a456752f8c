import type { Session } from "../care/episode/session.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readEpisodeItem } from "./episode-forms.ts";

/** More than any program has in its longest stay, so that one page holds them all. */
const maxSessions = 300;

/** All sessions of an episode, cancelled ones too, in the order of their beginnings. */
export async function listSessions(store: Store, episodeId: string): Promise<readonly Session[]> {
  const { pk } = keys.episode(episodeId);
  const page = await store.query("care", pk, {
    skPrefix: itemPrefixes.session,
    limit: maxSessions,
  });
  return page.items
    .flatMap((item) => {
      const read = readEpisodeItem(item);
      return read.kind === "session" ? [read] : [];
    })
    .toSorted((left, right) => left.scheduledStartAt.localeCompare(right.scheduledStartAt));
}

/** An episode's sessions of one program week, cancelled ones too, in the order of their beginnings. */
export async function listWeekSessions(
  store: Store,
  episodeId: string,
  week: number,
): Promise<readonly Session[]> {
  const sessions = await listSessions(store, episodeId);
  return sessions.filter((session) => session.week === week);
}
