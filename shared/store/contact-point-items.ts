import * as z from "zod";
import {
  type ContactPoint,
  contactPointSchema,
  stateOf,
} from "../care/contact-points/contact-point.ts";
import type { Stored } from "../care/stored/fields.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

export const contactPointForm = storedForm("care", "contact-point", contactPointSchema);

/** The stored form of a contact point. */
export function contactPointItem(point: ContactPoint): StoredItem {
  return {
    ...point,
    ...keys.contactPoint(point.contactPointId),
    schemaVersion: currentVersion(contactPointForm),
  };
}

/** An episode that is reached at a contact point; written in the intake transaction. */
export const contactPointEpisodeSchema = z.object({
  episodeId: z.string(),
  siteId: z.string(),
  participantId: z.string(),
});
export type ContactPointEpisode = Stored<typeof contactPointEpisodeSchema>;
export const contactPointEpisodeForm = storedForm(
  "care",
  "contact-point-episode",
  contactPointEpisodeSchema,
);

/** The item that says which episode uses a contact point, as it is stored. */
export function contactPointEpisodeItem(
  contactPointId: string,
  entry: ContactPointEpisode,
): StoredItem {
  return {
    ...keys.contactPointEpisode(contactPointId, entry.episodeId),
    schemaVersion: currentVersion(contactPointEpisodeForm),
    kind: "contact-point-episode",
    ...entry,
  };
}

/** The contact point as it stands; `undefined` for an address that was never seen. */
export async function loadContactPoint(
  store: Store,
  contactPointId: string,
): Promise<ContactPoint | undefined> {
  const key = keys.contactPoint(contactPointId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : readContactPoint(item);
}

/** Reads a stored contact point; unknown keys stay on it. */
export function readContactPoint(item: StoredItem): ContactPoint {
  const {
    pk: _pk,
    sk: _sk,
    schemaVersion: _version,
    ...point
  } = readStored(contactPointForm, item);
  return { ...point, state: stateOf(point) };
}

const episodesPerPage = 50;

/**
 * The episodes that are reached there, page after page, newest first: a shelter's phone has as many as
 * people gave it.
 */
export async function* contactPointEpisodes(
  store: Store,
  contactPointId: string,
): AsyncGenerator<readonly ContactPointEpisode[], void, undefined> {
  const { pk } = keys.contactPoint(contactPointId);
  let after: string | undefined;
  do {
    const page = await store.query("care", pk, {
      skPrefix: itemPrefixes.episodeOfContact,
      limit: episodesPerPage,
      descending: true,
      ...(after === undefined ? {} : { after }),
    });
    if (page.items.length > 0) yield page.items.map(readEntry);
    after = page.next;
  } while (after !== undefined);
}

/** The newest episode that is reached there, ended or not; `undefined` for a number that nobody gave. */
export async function newestContactPointEpisode(
  store: Store,
  contactPointId: string,
): Promise<ContactPointEpisode | undefined> {
  const { pk } = keys.contactPoint(contactPointId);
  const options = { skPrefix: itemPrefixes.episodeOfContact, limit: 1, descending: true } as const;
  const [newest] = (await store.query("care", pk, options)).items;
  return newest === undefined ? undefined : readEntry(newest);
}

function readEntry(item: StoredItem): ContactPointEpisode {
  const { episodeId, siteId, participantId } = readStored(contactPointEpisodeForm, item);
  return { episodeId, siteId, participantId };
}

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
