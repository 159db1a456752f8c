import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import { episodeStatuses } from "../care/episode/status.ts";
import { type Site, siteSchema } from "../care/program/site.ts";
import { auditChain, count, instant, type Stored } from "../care/stored/fields.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys, rosterChunk, spread } from "../keys/keys.ts";
import type { Store, StoredItem, WriteOperation } from "../ports/store.ts";
import { readLatest } from "./load-program.ts";
import {
  currentVersion,
  isUnreadable,
  readOr,
  readStored,
  storedForm,
  type Unreadable,
} from "./read-stored.ts";

export const siteForm = storedForm(
  "care",
  "site",
  z.object({ ...siteSchema.shape, audit: z.exactOptional(auditChain) }),
);
export const siteListForm = storedForm(
  "care",
  "site-list",
  z.object({ version: z.exactOptional(count), siteIds: z.array(z.string()) }),
);

/** The live site; closures and rota count from the moment they are saved. */
export async function loadSite(deps: { readonly store: Store }, siteId: string): Promise<Site> {
  const key = keys.site(siteId);
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) throw new NotFoundError("There is no such site", { siteId });
  return readStored(siteForm, item);
}

/** Some sites, together; what cannot be read is left out. */
export async function loadSites(
  store: Store,
  siteIds: readonly string[],
): Promise<readonly Site[]> {
  if (siteIds.length === 0) return [];
  const items = await store.getMany(
    "care",
    siteIds.slice(0, keysAtOnce).map((siteId) => keys.site(siteId)),
  );
  return items.flatMap(
    (item) =>
      readOr(
        item,
        (stored): Site | undefined => readStored(siteForm, stored),
        () => undefined,
      ) ?? [],
  );
}

const keysAtOnce = 100;

/** The ids of all sites, in the order in which they are listed. */
export async function listSiteIds(store: Store): Promise<readonly string[]> {
  const key = keys.siteList();
  const list = await store.get("care", key.pk, key.sk);
  return list === undefined ? [] : readStored(siteListForm, list).siteIds;
}

/** All sites as they stand, and those that cannot be read: one bad site never hides the others. */
export async function listSitesWithFaults(store: Store): Promise<{
  readonly sites: readonly Site[];
  readonly faults: readonly { readonly siteId: string; readonly error: Unreadable }[];
}> {
  const siteIds = await listSiteIds(store);
  const found: StoredItem[] = [];
  for (let from = 0; from < siteIds.length; from += keysAtOnce) {
    const some = siteIds.slice(from, from + keysAtOnce).map((siteId) => keys.site(siteId));
    found.push(...(await store.getMany("care", some)));
  }
  const sites: Site[] = [];
  const faults: { siteId: string; error: Unreadable }[] = [];
  for (const siteId of siteIds) {
    const item = found.find((one) => one.pk === keys.site(siteId).pk);
    if (item === undefined) continue;
    try {
      sites.push(readStored(siteForm, item));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      faults.push({ siteId, error });
    }
  }
  return { sites, faults };
}

/** All sites that can be read, in the order in which they are listed. */
export async function listSites(store: Store): Promise<readonly Site[]> {
  return (await listSitesWithFaults(store)).sites;
}

/** The version of a program that new episodes begin on; `undefined` where it was never published. */
export async function latestProgramVersion(
  store: Store,
  programId: string,
): Promise<number | undefined> {
  return (await readLatest(store, programId))?.version;
}

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
