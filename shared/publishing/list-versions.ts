import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { type AboveCapacity, programVersionForm, readLatest } from "../store/load-program.ts";
import { readStored } from "../store/read-stored.ts";

/** One published version of a program, without its content. */
export type ListedVersion = {
  readonly version: number;
  readonly publishedAt: string;
  /** What tells its content from another's (SHA-256, hex). */
  readonly contentHash: string;
  /** True for the one that new episodes begin on. */
  readonly isLatest: boolean;
  readonly aboveCapacity?: AboveCapacity;
};

/** The published versions of a program, in their order; none where it was never published. */
export async function listVersions(
  store: Store,
  programId: string,
): Promise<readonly ListedVersion[]> {
  const latest = await readLatest(store, programId);
  const found: ListedVersion[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", keys.program(programId, 1).pk, {
      skPrefix: itemPrefixes.programVersion,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) {
      const { version, publishedAt, contentHash, aboveCapacity } = readStored(
        programVersionForm,
        item,
      );
      found.push({
        version,
        publishedAt,
        contentHash,
        isLatest: version === latest?.version,
        ...(aboveCapacity === undefined
          ? {}
          : { aboveCapacity: { reason: aboveCapacity.reason, loads: aboveCapacity.loads } }),
      });
    }
    after = page.next;
  } while (after !== undefined);
  return found;
}
