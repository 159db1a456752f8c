import * as z from "zod";
import { type Site, siteSchema } from "../care/program/site.ts";
import { auditChain, count } from "../care/stored/fields.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { readLatest } from "./program-items.ts";
import { isUnreadable, readStored, storedForm, type Unreadable } from "./read-stored.ts";

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

/** The ids of all sites, in the order in which they are listed. */
export async function listSiteIds(store: Store): Promise<readonly string[]> {
  const key = keys.siteList();
  const list = await store.get("care", key.pk, key.sk);
  return list === undefined ? [] : readStored(siteListForm, list).siteIds;
}

const keysAtOnce = 100;

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
