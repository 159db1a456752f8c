import type { PersonMark } from "../care/people/person-marks.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { type ContactPointEpisode, contactPointEpisodeSchema } from "./contact-point-items.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

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
