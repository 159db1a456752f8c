import * as z from "zod";
import { newContactPoint } from "../care/contact-points/contact-point.ts";
import type { PhoneKind } from "../care/episode/episode.ts";
import type { Channel } from "../care/program/program.ts";
import { instant } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import {
  addressForm,
  type ContactPointEpisode,
  contactPointEpisodeItem,
  contactPointItem,
  loadContactPoint,
} from "./contact-point-items.ts";
import { currentVersion, storedForm } from "./read-stored.ts";

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
  return {
    add: {
      table: "care",
      ...keys.intakeCount(contactPointId, now),
      attribute: "count",
      by: 1,
      set: {
        schemaVersion: currentVersion(intakeCountForm),
        kind: "intake-count",
        expiresAtEpochSeconds: Math.floor(Date.parse(now) / 1000) + keptHours * 3600,
      },
      condition: { kind: "absent-or-below", attribute: "count", value: intakesPerContactAndHour },
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
