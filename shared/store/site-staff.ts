import * as z from "zod";
import { keys } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";
import { readStaff, type StoredStaff } from "./staff-item.ts";

/** More than a site ever has. */
const mostStaff = 500;
/** How many items one call reads. */
const batchSize = 100;

/** Who works at a site, so that they can be chosen there. What they may do stands with themselves alone. */
export const siteStaffForm = storedForm("care", "site-staff", z.object({ staffId: z.string() }));

/** Puts a member of staff on the lists of their sites; a repeat writes the same again. */
export function siteStaffOperations({
  staffId,
  siteIds,
}: Pick<StoredStaff, "staffId" | "siteIds">): readonly WriteOperation[] {
  return siteIds.map((siteId) => ({
    put: {
      table: "care",
      item: {
        ...keys.siteStaff(siteId, staffId),
        schemaVersion: currentVersion(siteStaffForm),
        kind: "site-staff",
        staffId,
      },
    },
  }));
}

/** Whoever works at these sites and has a function there, by name. */
export async function listStaff(
  store: Store,
  siteIds: readonly string[],
): Promise<readonly StoredStaff[]> {
  const pages = await Promise.all(
    siteIds.map((siteId) =>
      store.query("care", keys.siteStaff(siteId, "").pk, { limit: mostStaff }),
    ),
  );
  const ids = [
    ...new Set(
      pages.flatMap(({ items }) => items).map((item) => readStored(siteStaffForm, item).staffId),
    ),
  ];
  const found: StoredStaff[] = [];
  for (let from = 0; from < ids.length; from += batchSize)
    for (const item of await store.getMany(
      "care",
      ids.slice(from, from + batchSize).map(keys.staff),
    )) {
      const member = readOr(item, readStaff, () => undefined);
      // Whoever has left a site stays on its list, and is not one of its staff any more.
      if (member?.siteIds.some((siteId) => siteIds.includes(siteId)) === true) found.push(member);
    }
  return found
    .filter(({ functions }) => functions.length > 0)
    .sort(
      (left, right) =>
        left.name.localeCompare(right.name) || left.staffId.localeCompare(right.staffId),
    );
}
