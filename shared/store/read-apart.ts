import * as z from "zod";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

/** Why two people are not to be in one group, for staff who may read it. Since when, and who said it, stands with the episode. */
export const apartForm = storedForm("identity", "apart", z.object({ reason: z.string() }));

/** The reason that was given for two records; `undefined` where it was erased. */
export async function readApartReason(
  store: Store,
  episodeId: string,
  otherEpisodeId: string,
): Promise<string | undefined> {
  const key = keys.apartReason(episodeId, otherEpisodeId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(apartForm, item).reason;
}
