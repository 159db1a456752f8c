import * as z from "zod";
import type { IdentityPut } from "../care/change/change.ts";
import { initialOf } from "../care/episode/initial.ts";
import { date, instant, type Stored } from "../care/stored/fields.ts";
import type { PersonMark } from "../care/text/normalise-text.ts";
import { itemPrefixes, keys, participantIdOf } from "../keys/keys.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { type ContactPointEpisode, contactPointEpisodeSchema } from "./contact-point-items.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";

/** Whom to ring in an emergency. No release: nothing is told them about the care. The phone is E.164. */
const emergencyContact = z.object({
  name: z.string(),
  relationship: z.exactOptional(z.string()),
  phone: z.string(),
});
export type EmergencyContact = Stored<typeof emergencyContact>;

/** Who a participant is: lives in `identity` only. */
const profileSchema = z.object({
  participantId: z.string(),
  given: z.string(),
  family: z.string(),
  preferredName: z.exactOptional(z.string()),
  /** Not there where nobody knows it yet. */
  birthDate: z.exactOptional(date),
  recordNumber: z.exactOptional(z.string()),
  reachBy: z.exactOptional(z.string()),
  phoneId: z.exactOptional(z.string()),
  emailId: z.exactOptional(z.string()),
  pronouns: z.exactOptional(z.string()),
  /** When it is safe to ring, and what to beware of. */
  safeTimes: z.exactOptional(z.string()),
  /** As corrected; until then the referral says it. */
  accessNeeds: z.exactOptional(z.string()),
  /** Where they live; its state is a fact of the episode. */
  homeAddress: z.exactOptional(z.string()),
  emergencyContact: z.exactOptional(emergencyContact),
  /** Who corrected which fact, and when; what is not named stands as the intake gave it. */
  said: z.exactOptional(z.record(z.string(), z.object({ at: instant, by: z.string() }))),
});
export type Profile = Stored<typeof profileSchema>;
export const profileForm = storedForm("identity", "profile", profileSchema);

/** Who a participant is, from the identity table; nothing when it is not there. */
export async function readProfile(
  store: Store,
  participantId: string,
): Promise<Profile | undefined> {
  const key = keys.profile(participantId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(profileForm, item);
}

/** The name a participant uses and the initial of the family name: what lists show. */
export function displayName(
  profile: Pick<Profile, "given" | "family" | "preferredName"> | undefined,
): string {
  if (profile === undefined) return "Name erased";
  const initial = initialOf(profile.family);
  const name = profile.preferredName ?? profile.given;
  return initial === "" ? name : `${name} ${initial}.`;
}

/** More than a site ever has, and still one answer of the database: a name has some 250 bytes. */
const perPage = 5000;

const listedNameSchema = z.object({
  participantId: z.string(),
  given: z.string(),
  family: z.string(),
  preferredName: z.exactOptional(z.string()),
  birthDate: z.exactOptional(date),
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

/** Where somebody with this name and birth date, or this record number, is on record. */
export const personMarkForm = storedForm("care", "person-mark", contactPointEpisodeSchema);

/** More records than this of one name and birth date are not looked at: the newest are. */
const newest = 20;

/** What says of an episode by whom it is, without saying who: hashes that only this installation can make. */
export function markOperations(
  secrets: Pick<Secrets, "contactPointId">,
  marks: readonly PersonMark[],
  episode: ContactPointEpisode,
): readonly WriteOperation[] {
  return marks.map(({ text }) => ({
    put: {
      table: "care",
      item: {
        ...keys.personMark(secrets.contactPointId(text), episode.episodeId),
        schemaVersion: currentVersion(personMarkForm),
        kind: "person-mark",
        ...episode,
      },
    },
  }));
}

/** The person is not marked so any more. */
export function unmarkOperations(
  secrets: Pick<Secrets, "contactPointId">,
  marks: readonly PersonMark[],
  episodeId: string,
): readonly WriteOperation[] {
  return marks.map(({ text }) => ({
    delete: { table: "care", ...keys.personMark(secrets.contactPointId(text), episodeId) },
  }));
}

/** The episodes of whoever has this mark, the newest first. */
export async function markedEpisodes(
  store: Store,
  secrets: Pick<Secrets, "contactPointId">,
  { text }: PersonMark,
): Promise<readonly ContactPointEpisode[]> {
  const { pk } = keys.personMark(secrets.contactPointId(text), "");
  const options = { skPrefix: itemPrefixes.episodeOfContact, limit: newest, descending: true };
  const { items } = await store.query("care", pk, options);
  return items.map((item) => {
    const { episodeId, siteId, participantId } = readStored(personMarkForm, item);
    return { episodeId, siteId, participantId };
  });
}
