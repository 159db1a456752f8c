import { keys } from "../keys/keys.ts";
import type { StoredItem } from "../ports/store.ts";

/** The form in which versions are stored; raised when an older release could not read them. */
export const programSchemaVersion = 1;

/** What is kept of one published version beside its content. */
export type PublishedVersion = {
  readonly programId: string;
  readonly version: number;
  /** SHA-256 of the compiled content as canonical JSON, hex. */
  readonly contentHash: string;
};

/** One published version. Written once, never changed. */
export function versionItem(
  published: PublishedVersion,
  packed: string,
  publishedAt: string,
): StoredItem {
  return {
    ...keys.program(published.programId, published.version),
    schemaVersion: programSchemaVersion,
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
    schemaVersion: programSchemaVersion,
    kind: "program-latest",
    ...published,
    highestVersion,
  };
}

/** Reads what a version or latest item says of itself; `undefined` where it says nothing of use. */
export function readPublished(item: StoredItem | undefined): PublishedVersion | undefined {
  if (item === undefined) return undefined;
  const { programId, version, contentHash } = item;
  if (typeof programId !== "string" || typeof version !== "number") return undefined;
  return typeof contentHash === "string" ? { programId, version, contentHash } : undefined;
}
