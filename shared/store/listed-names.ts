import * as z from "zod";
import type { IdentityPut } from "../care/change/change.ts";
import { date, type Stored } from "../care/stored/fields.ts";
import { keys, participantIdOf } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";

/** More than a site ever has, and still one answer of the database: a name has some 250 bytes. */
const perPage = 5000;

const listedNameSchema = z.object({
  participantId: z.string(),
  given: z.string(),
  family: z.string(),
  preferredName: z.exactOptional(z.string()),
  birthDate: date,
  recordNumber: z.exactOptional(z.string()),
});
/** By what a person is searched for: the part of the profile that lists read together, site by site. */
export type ListedName = Stored<typeof listedNameSchema>;
export const listedNameForm = storedForm("identity", "name", listedNameSchema);

/**
 * The name that goes with a profile which is written, for the lists of its site. It is a copy in `identity` and is
 * erased together with the profile.
 */
export function listedNameOperations(siteId: string, put: IdentityPut): readonly WriteOperation[] {
  const participantId = participantIdOf(put);
  const read = listedNameSchema.safeParse({ ...put.attributes, participantId });
  if (participantId === undefined || !read.success) return [];
  const item = {
    ...read.data,
    ...keys.listedName(siteId, participantId),
    schemaVersion: currentVersion(listedNameForm),
  };
  return [{ put: { table: "identity", item } }];
}

/** The names of a site's people by participant; one that cannot be read is left out, and read from its profile. */
export async function readListedNames(
  store: Store,
  siteId: string,
): Promise<ReadonlyMap<string, ListedName>> {
  const names = new Map<string, ListedName>();
  let after: string | undefined;
  do {
    const page = await store.query("identity", keys.listedName(siteId, "").pk, {
      limit: perPage,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) {
      const name = readOr(
        item,
        (one) => readStored(listedNameForm, one),
        () => undefined,
      );
      if (name !== undefined) names.set(name.participantId, name);
    }
    after = page.next;
  } while (after !== undefined);
  return names;
}
