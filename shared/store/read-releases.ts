import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import { type ReleaseStanding, releaseStanding, releaseWays } from "../care/services/releases.ts";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const releaseSchema = z.object({
  number: count,
  name: z.string(),
  relation: z.string(),
  about: z.string(),
  purpose: z.string(),
  how: z.enum(releaseWays),
  witness: z.exactOptional(z.string()),
  at: instant,
  /** Id of the member of staff who recorded it. */
  by: z.string(),
});
export const releaseForm = storedForm("identity", "release", releaseSchema);

/** A release in full, and how it stands on a day. */
export type RecordedRelease = Stored<typeof releaseSchema> &
  NonNullable<Episode["releases"]>[number] & { readonly standing: ReleaseStanding };

/** How many releases are read at most, the newest ones. */
const shownReleases = 100;

/**
 * Who may be told what about a person, newest first.
 *
 * @param on - the local day for which it is said how each stands
 */
export async function readReleases(
  store: Store,
  { episodeId, releases = [] }: Pick<Episode, "episodeId" | "releases">,
  on: string,
): Promise<readonly RecordedRelease[]> {
  const wanted = releases
    .map((_release, index) => keys.release(episodeId, index + 1))
    .slice(-shownReleases);
  if (wanted.length === 0) return [];
  const items = await store.getMany("identity", wanted);
  return items
    .flatMap((item) => {
      const read = readStored(releaseForm, item);
      const state = releases[read.number - 1];
      return state === undefined
        ? []
        : [{ ...read, ...state, standing: releaseStanding(state, on) }];
    })
    .sort((left, right) => right.number - left.number);
}
