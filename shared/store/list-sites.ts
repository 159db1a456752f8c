import type { Site } from "../care/program/site.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";

/** All sites as they stand, in the order in which they are listed. */
export async function listSites(store: Store): Promise<readonly Site[]> {
  const listKey = keys.siteList();
  const list = await store.get("care", listKey.pk, listKey.sk);
  const siteIds = Array.isArray(list?.siteIds)
    ? list.siteIds.filter((id): id is string => typeof id === "string")
    : [];
  if (siteIds.length === 0) return [];
  const found = await store.getMany(
    "care",
    siteIds.map((siteId) => keys.site(siteId)),
  );
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
