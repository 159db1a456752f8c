import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import { episodeStatuses } from "../care/episode/status.ts";
import { instant, type Stored } from "../care/stored/fields.ts";
import { keys, rosterChunk } from "../keys/keys.ts";
import { spread } from "../keys/tables.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";

/** How many chunks a site's roster has: entries of one chunk are read together. */
const rosterChunks = 8;
/** More than a site ever has, and still one answer of the database: an entry has some 250 bytes. */
const perPage = 5000;

const rosterSchema = z.object({
  episodeId: z.string(),
  createdAt: instant,
  /** Who and where in care, so that a list is sorted out without reading each episode; older entries say neither. */
  participantId: z.exactOptional(z.string()),
  reference: z.exactOptional(z.string()),
  status: z.exactOptional(z.enum(episodeStatuses)),
});
export const rosterForm = storedForm("care", "roster", rosterSchema);

/** One episode of a site, as far as lists are sorted out by it. */
export type RosterEntry = Pick<Stored<typeof rosterSchema>, "episodeId"> &
  Partial<Stored<typeof rosterSchema>>;

function keyOf(siteId: string, episodeId: string) {
  const chunk = rosterChunk(spread(episodeId, rosterChunks));
  return keys.roster(siteId, `${chunk}#${episodeId}`);
}

/** An episode on its site's roster, as it stands. */
export function rosterEntry(episode: Episode): WriteOperation {
  const { siteId, episodeId, createdAt, participantId, reference, status } = episode;
  return {
    put: {
      table: "care",
      item: {
        ...keyOf(siteId, episodeId),
        schemaVersion: currentVersion(rosterForm),
        kind: "roster",
        episodeId,
        createdAt,
        participantId,
        reference,
        status,
      },
    },
  };
}

/**
 * What a change of an episode does to the rosters, in the transaction of the change: a new episode is added, one that
 * went on says so, and one that moved to another site stands on the roster of that one. It leaves the one before by
 * {@link leaveRoster}, with the command that moves it: nothing else may delete.
 */
export function rosterOperations(
  before: Episode | undefined,
  after: Episode,
): readonly WriteOperation[] {
  const isAsListed = before?.status === after.status && before.siteId === after.siteId;
  return isAsListed ? [] : [rosterEntry(after)];
}

/** Takes an episode off the roster of a site that it has left. */
export function leaveRoster(siteId: string, episodeId: string): WriteOperation {
  return { delete: { table: "care", ...keyOf(siteId, episodeId) } };
}

/** A site's roster, oldest first within a chunk. */
export async function readRoster(store: Store, siteId: string): Promise<readonly RosterEntry[]> {
  const found: RosterEntry[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", keys.roster(siteId, "").pk, {
      limit: perPage,
      ...(after === undefined ? {} : { after }),
    });
    // The key names the episode too: an entry that cannot be read hides nobody.
    for (const item of page.items)
      found.push(
        readOr<RosterEntry, RosterEntry>(
          item,
          (entry) => readStored(rosterForm, entry),
          ({ sk }) => ({ episodeId: sk.split("#").at(-1) ?? sk }),
        ),
      );
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** The ids of a site's episodes, oldest first within a chunk. */
export async function listRoster(store: Store, siteId: string): Promise<readonly string[]> {
  return (await readRoster(store, siteId)).map(({ episodeId }) => episodeId);
}
