import {
  type ContactPoint,
  newContactPoint,
  stateOf,
} from "../care/contact-points/contact-point.ts";
import type { Channel } from "../care/program/program.ts";
import { ItemTooNewError } from "../errors/item-too-new-error.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";

const schemaVersion = 1;

/** The stored form of a contact point. */
export function contactPointItem(point: ContactPoint): StoredItem {
  return { ...keys.contactPoint(point.contactPointId), schemaVersion, ...point };
}

/** An episode that is reached at a contact point; written in the intake transaction. */
export type ContactPointEpisode = {
  readonly episodeId: string;
  readonly siteId: string;
  readonly participantId: string;
};

export function contactPointEpisodeItem(
  contactPointId: string,
  entry: ContactPointEpisode,
): StoredItem {
  return {
    ...keys.contactPointEpisode(contactPointId, entry.episodeId),
    schemaVersion,
    kind: "contact-point-episode",
    ...entry,
  };
}

/** The contact point as it stands; `undefined` for an address that was never seen. */
export async function loadContactPoint(
  store: Store,
  contactPointId: string,
  channel: Channel,
): Promise<ContactPoint | undefined> {
  const key = keys.contactPoint(contactPointId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : readContactPoint(item, contactPointId, channel);
}

/** Reads a stored contact point; unknown keys stay on it. */
export function readContactPoint(
  item: StoredItem,
  contactPointId: string,
  channel: Channel,
): ContactPoint {
  if (item.schemaVersion > schemaVersion) {
    throw new ItemTooNewError(
      "The contact point was written by a newer release and is left alone",
      {
        schemaVersion: item.schemaVersion,
      },
    );
  }
  const { pk: _pk, sk: _sk, schemaVersion: _version, ...fields } = item;
  const point = { ...newContactPoint({ contactPointId, channel }), ...fields } as ContactPoint;
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
  return {
    episodeId:
      typeof item.episodeId === "string"
        ? item.episodeId
        : item.sk.slice(itemPrefixes.episodeOfContact.length),
    siteId: typeof item.siteId === "string" ? item.siteId : "",
    participantId: typeof item.participantId === "string" ? item.participantId : "",
  };
}
