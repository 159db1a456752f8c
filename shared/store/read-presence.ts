import * as z from "zod";
import type { Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const presenceSchema = z.object({
  /** Where the person was; the state stands with the attendance. */
  address: z.string(),
  /** E.164: the number on which they are called back where the line breaks. */
  callback: z.string(),
});
export type RecordedPresence = Stored<typeof presenceSchema>;
export const presenceForm = storedForm("identity", "presence", presenceSchema);

/** Where somebody was in an online session, and their number there; nothing where it was not entered. */
export async function readPresence(
  store: Store,
  episodeId: string,
  sessionId: string,
): Promise<RecordedPresence | undefined> {
  const key = keys.presence(episodeId, sessionId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(presenceForm, item);
}
