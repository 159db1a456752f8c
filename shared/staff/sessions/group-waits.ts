import { type GroupWait, targetWords } from "../../care/sessions/group-waits.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { groupWaitRowSchema } from "../../contracts/routes/sessions.ts";
import type { Store } from "../../ports/store.ts";
import { type PlacesOf, readPlacesBook } from "../../store/group-places.ts";
import { loadSites } from "../../store/list-sites.ts";
import { loadProgram, readLatest } from "../../store/load-program.ts";
import { displayName } from "../../store/person-items.ts";
import { loadTogether } from "../people/load-together.ts";

/** Somebody on the waiting list of a group, as staff see them. */
export type GroupWaitRow = Answered<typeof groupWaitRowSchema>;

/** Who waits for a place in the groups of some sites, longest first. */
export async function listGroupWaits(
  store: Store,
  siteIds: readonly string[],
): Promise<readonly GroupWaitRow[]> {
  const sites = await loadSites(store, siteIds);
  const lists = await Promise.all(
    sites.flatMap(({ siteId, programs }) =>
      programs.map((programId) => listOf(store, { siteId, programId })),
    ),
  );
  return lists.flat().sort((left, right) => left.since.localeCompare(right.since));
}

async function listOf(store: Store, of: PlacesOf): Promise<readonly GroupWaitRow[]> {
  const { waiting } = await readPlacesBook(store, of);
  const latest = waiting.length === 0 ? undefined : await readLatest(store, of.programId);
  if (latest === undefined) return [];
  const [{ program }, people] = await Promise.all([
    loadProgram(store, of.programId, latest.version),
    loadTogether(
      store,
      waiting.map(({ episodeId }) => episodeId),
    ),
  ]);
  return waiting.map(({ episodeId, since, offer, track, sessionId }: GroupWait) => {
    const profile = people.get(episodeId)?.profile;
    return {
      ...of,
      episodeId,
      participant: displayName(profile === "unreadable" ? undefined : profile),
      group: targetWords(program, {
        ...(track === undefined ? {} : { track }),
        ...(sessionId === undefined ? {} : { sessionId }),
      }),
      ...(track === undefined ? {} : { track }),
      ...(sessionId === undefined ? {} : { sessionId }),
      since,
      ...(offer === undefined ? {} : { offeredAt: offer.at }),
    };
  });
}
