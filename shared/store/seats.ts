import * as z from "zod";
import type { Session } from "../care/episode/session.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { listSessions } from "./list-week-sessions.ts";
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

/** Everybody who has a session at a site on a day, cancelled ones too: one entry for each session. */
export async function listSeatsOfDay(
  store: Store,
  siteId: string,
  on: string,
): Promise<readonly { readonly episodeId: string; readonly sessionSk: string }[]> {
  const day = keys.siteDay(siteId, on, "");
  const found: { readonly episodeId: string; readonly sessionSk: string }[] = [];
  for (const item of await queryAll(store, day.pk, `${on}#`)) {
    const { groupSessionId } = readStored(groupSessionForm, item);
    const seats = await queryAll(store, keys.groupSession(groupSessionId).pk, itemPrefixes.seat);
    for (const seat of seats) {
      const { episodeId, sessionSk } = readStored(seatForm, seat);
      found.push({ episodeId, sessionSk });
    }
  }
  return found;
}

/** All sessions of everybody who has a seat in a group session, whichever they are, with whose they are. */
export async function listSeatSessions(
  store: Store,
  groupSessionId: string,
): Promise<readonly (Session & { readonly episodeId: string })[]> {
  const seats = await queryAll(store, keys.groupSession(groupSessionId).pk, itemPrefixes.seat);
  const found: (Session & { readonly episodeId: string })[] = [];
  for (const seat of seats) {
    const { episodeId } = readStored(seatForm, seat);
    const sessions = await listSessions(store, episodeId);
    found.push(...sessions.map((one) => ({ ...one, episodeId })));
  }
  return found;
}

async function queryAll(store: Store, pk: string, skPrefix: string) {
  const found: StoredItem[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", pk, {
      skPrefix,
      limit: 200,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}
