import * as z from "zod";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

/** That somebody is expected in a group session: follows their session, and is written anew with it. */
export const seatForm = storedForm(
  "care",
  "seat",
  z.object({ groupSessionId: z.string(), episodeId: z.string(), sessionSk: z.string() }),
);
/** That a site has a group session on a day. */
export const groupSessionForm = storedForm(
  "care",
  "group-session",
  z.object({ groupSessionId: z.string() }),
);

/** The sort key of somebody's session in a group session; `undefined` where they are not expected. */
export async function findSeat(
  store: Store,
  groupSessionId: string,
  episodeId: string,
): Promise<string | undefined> {
  const key = keys.seat(groupSessionId, episodeId);
  const seat = await store.get("care", key.pk, key.sk);
  return seat === undefined ? undefined : readStored(seatForm, seat).sessionSk;
}
