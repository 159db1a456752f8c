import type { Site } from "../care/program/site.ts";
import { keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";

const keysAtOnce = 100;

/** All sites as they stand, in the order in which they are listed. */
export async function listSites(store: Store): Promise<readonly Site[]> {
  const listKey = keys.siteList();
  const list = await store.get("care", listKey.pk, listKey.sk);
  const siteIds = Array.isArray(list?.siteIds)
    ? list.siteIds.filter((id): id is string => typeof id === "string")
    : [];
  if (siteIds.length === 0) return [];
  const found: StoredItem[] = [];
  for (let from = 0; from < siteIds.length; from += keysAtOnce) {
    const some = siteIds.slice(from, from + keysAtOnce).map((siteId) => keys.site(siteId));
    found.push(...(await store.getMany("care", some)));
  }
  return siteIds.flatMap((siteId) => {
    const item = found.find((one) => one.pk === keys.site(siteId).pk);
    return item === undefined ? [] : [item as unknown as Site];
  });
}

/** The version of a program that new episodes begin on; `undefined` where it was never published. */
export async function latestProgramVersion(
  store: Store,
  programId: string,
): Promise<number | undefined> {
  const key = keys.programLatest(programId);
  const item = await store.get("care", key.pk, key.sk);
  return typeof item?.version === "number" ? item.version : undefined;
}
