import * as z from "zod";
import { instant } from "../care/stored/fields.ts";
import { keys, rosterChunk } from "../keys/keys.ts";
import { spread } from "../keys/tables.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";

/** How many chunks a site's roster has: entries of one chunk are read together. */
const rosterChunks = 8;
/** More than a site ever has, and still one answer of the database: an entry has some 150 bytes. */
const perPage = 5000;

export const rosterForm = storedForm(
  "care",
  "roster",
  z.object({ episodeId: z.string(), createdAt: instant }),
);

function chunkOf(episodeId: string): string {
  return rosterChunk(spread(episodeId, rosterChunks));
}

/** Adds an episode to its site's roster, in the transaction that creates it. */
export function rosterEntry(siteId: string, episodeId: string, createdAt: string): WriteOperation {
  return {
    put: {
      table: "care",
      item: {
        ...keys.roster(siteId, `${chunkOf(episodeId)}#${episodeId}`),
        schemaVersion: currentVersion(rosterForm),
        kind: "roster",
        episodeId,
        createdAt,
      },
    },
  };
}

/** The ids of a site's episodes, oldest first within a chunk. */
export async function listRoster(store: Store, siteId: string): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", keys.roster(siteId, "").pk, {
      limit: perPage,
      ...(after === undefined ? {} : { after }),
    });
    // The key names the episode too: an entry that cannot be read hides nobody.
    for (const item of page.items)
      found.push(
        readOr(
          item,
          (entry) => readStored(rosterForm, entry).episodeId,
          ({ sk }) => sk.split("#").at(-1) ?? sk,
        ),
      );
    after = page.next;
  } while (after !== undefined);
  return found;
}
