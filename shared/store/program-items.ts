import * as z from "zod";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

/** What is kept of one published version beside its content. */
const published = {
  programId: z.string(),
  version: count,
  /** SHA-256 of the compiled content as canonical JSON, hex. */
  contentHash: z.string(),
};
const publishedVersion = z.object(published);
export type PublishedVersion = Stored<typeof publishedVersion>;

export const programVersionForm = storedForm(
  "care",
  "program-version",
  z.object({ ...published, content: z.string(), publishedAt: instant }),
);
export const programLatestForm = storedForm(
  "care",
  "program-latest",
  z.object({ ...published, highestVersion: count }),
);

/** One published version. Written once, never changed. */
export function versionItem(
  published: PublishedVersion,
  packed: string,
  publishedAt: string,
): StoredItem {
  return {
    ...keys.program(published.programId, published.version),
    schemaVersion: currentVersion(programVersionForm),
    kind: "program-version",
    ...published,
    content: packed,
    publishedAt,
  };
}

/** What new episodes begin on, and the highest number given so far: numbers are never used twice. */
export function latestItem(published: PublishedVersion, highestVersion: number): StoredItem {
  return {
    ...keys.programLatest(published.programId),
    schemaVersion: currentVersion(programLatestForm),
    kind: "program-latest",
    ...published,
    highestVersion,
  };
}

/** What new episodes of a program begin on; `undefined` where it was never published. */
export async function readLatest(
  store: Store,
  programId: string,
): Promise<(PublishedVersion & { readonly highestVersion: number }) | undefined> {
  const key = keys.programLatest(programId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : readStored(programLatestForm, item);
}
