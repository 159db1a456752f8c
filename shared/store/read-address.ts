import * as z from "zod";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

/** The number or address behind a contact point: lives in `identity` only. */
export const addressForm = storedForm("identity", "address", z.object({ address: z.string() }));

/** The number or address behind a contact point; `undefined` where it was erased. */
export async function loadAddress(
  store: Store,
  contactPointId: string,
): Promise<string | undefined> {
  const key = keys.address(contactPointId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(addressForm, item).address;
}
