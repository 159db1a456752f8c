import * as z from "zod";
import {
  type ContactPoint,
  contactPointSchema,
  newContactPoint,
  stateOf,
} from "../care/contact-points/contact-point.ts";
import type { PhoneKind } from "../care/episode/episode.ts";
import type { Channel } from "../care/program/program.ts";
import { instant, type Stored } from "../care/stored/fields.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem, WriteOperation } from "../ports/store.ts";
import { currentVersion, readStored, type StoredForm, storedForm } from "./read-stored.ts";

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

/** A way to reach the participant as the intake gives it. */
export type GivenContact = {
  readonly contactPointId: string;
  readonly channel: Channel;
  readonly address: string;
  readonly ownership: PhoneKind;
};

/**
 * What an intake writes about a contact: its record where there is none, its address, and that the episode
 * is reached there. A record that exists stays as it is, opt-out included.
 */
export async function contactOperations(
  store: Store,
  contact: GivenContact,
  episode: ContactPointEpisode,
): Promise<readonly WriteOperation[]> {
  const known = await loadContactPoint(store, contact.contactPointId);
  const link: WriteOperation = {
    put: { table: "care", item: contactPointEpisodeItem(contact.contactPointId, episode) },
  };
  if (known !== undefined) return [link];
  const { contactPointId, channel, ownership, address } = contact;
  return [
    {
      put: {
        table: "care",
        item: contactPointItem(newContactPoint({ contactPointId, channel, ownership })),
        condition: { kind: "absent" },
      },
    },
    {
      put: {
        table: "identity",
        item: {
          ...keys.address(contactPointId),
          schemaVersion: currentVersion(addressForm),
          kind: "address",
          channel,
          address,
        },
      },
    },
    link,
  ];
}

export const intakeCountForm = storedForm("care", "intake-count", z.object({ count: z.int() }));

/** Intakes that may name the same phone or address in one hour; more are somebody's mistake or abuse. */
export const intakesPerContactAndHour = 50;
const keptHours = 3;

/** Counts an intake on a contact; its condition fails when the hour is full. */
export function countIntake(contactPointId: string, now: string): WriteOperation {
  const key = keys.intakeCount(contactPointId, now);
  return countOfHour({ key, form: intakeCountForm, most: intakesPerContactAndHour, now });
}

/**
 * Counts one more of what may happen so often in an hour; its condition fails when the hour is full.
 * @param counted.key - of the count of this hour
 */
export function countOfHour(counted: {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly form: StoredForm<z.ZodType>;
  readonly most: number;
  readonly now: string;
}): WriteOperation {
  const { key, form, most, now } = counted;
  return {
    add: {
      table: "care",
      ...key,
      attribute: "count",
      by: 1,
      set: {
        schemaVersion: currentVersion(form),
        kind: form.kind,
        expiresAtEpochSeconds: Math.floor(Date.parse(now) / 1000) + keptHours * 3600,
      },
      condition: { kind: "absent-or-below", attribute: "count", value: most },
    },
  };
}

export const referenceForm = storedForm(
  "care",
  "reference",
  z.object({ episodeId: z.string(), siteId: z.string(), createdAt: instant }),
);

/** From a reference, which people read out on the phone, to its episode. */
export function referenceItem(
  reference: string,
  episode: { readonly episodeId: string; readonly siteId: string },
  now: string,
): WriteOperation {
  return {
    put: {
      table: "care",
      item: {
        ...keys.reference(reference),
        schemaVersion: currentVersion(referenceForm),
        kind: "reference",
        ...episode,
        createdAt: now,
      },
      condition: { kind: "absent" },
    },
  };
}
