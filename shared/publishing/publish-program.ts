import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem, WriteOperation } from "../ports/store.ts";
import { canonicalJson } from "../store/audit-entry.ts";
import {
  type AboveCapacity,
  latestItem,
  type ProgramContent,
  type PublishedVersion,
  packContent,
  programVersionForm,
  readLatest,
  versionItem,
} from "../store/load-program.ts";
import { readStored } from "../store/read-stored.ts";
import { sha256 } from "./sha256.ts";
import { tryAgain } from "./try-again.ts";

export type PublishDeps = { readonly store: Store; readonly clock: { now(): string } };

/** `isNew` is false where the same content had been published before and nothing was written. */
export type Published = PublishedVersion & { readonly isNew: boolean };

/**
 * Publishes a compiled program as an immutable version. Content that was published before keeps its
 * number: where it is also the latest, nothing is written; where it is not, new episodes begin on it
 * again. Episodes stay on the version that they began with.
 *
 * @param above - why it is published although it is above capacity; kept with a version that is new
 * @throws {ConditionFailedError} when others keep publishing the same program at the same time
 */
export async function publishProgram(
  deps: PublishDeps,
  content: ProgramContent,
  above?: AboveCapacity,
): Promise<Published> {
  const json = canonicalJson(content);
  const contentHash = await contentHashOf(content);
  const { programId } = content.program;
  return await tryAgain(() => publishOnce(deps, programId, { json, contentHash, above }));
}

/** What tells a program's content from another's (SHA-256, hex), whatever the order of its keys. */
export async function contentHashOf(content: ProgramContent): Promise<string> {
  return await sha256(canonicalJson(content));
}

async function publishOnce(
  deps: PublishDeps,
  programId: string,
  {
    json,
    contentHash,
    above,
  }: {
    readonly json: string;
    readonly contentHash: string;
    readonly above: AboveCapacity | undefined;
  },
): Promise<Published> {
  const latest = await readLatest(deps.store, programId);
  if (latest?.contentHash === contentHash)
    return { programId, version: latest.version, contentHash, isNew: false };
  const highest = latest?.highestVersion ?? 0;
  const earlier = await findVersion(deps.store, programId, contentHash);
  const published = earlier ?? { programId, version: highest + 1, contentHash };
  const operations: WriteOperation[] = [
    putLatest(latest, latestItem(published, Math.max(highest, published.version))),
  ];
  if (earlier === undefined) {
    const item = versionItem(published, await packContent(json), deps.clock.now(), above);
    operations.push({ put: { table: "care", item, condition: { kind: "absent" } } });
  }
  await deps.store.transact(operations);
  return { ...published, isNew: earlier === undefined };
}

function putLatest(published: PublishedVersion | undefined, item: StoredItem): WriteOperation {
  return {
    put: {
      table: "care",
      item,
      condition:
        published === undefined
          ? { kind: "absent" }
          : {
              kind: "equals",
              attributes: { version: published.version, contentHash: published.contentHash },
            },
    },
  };
}

async function findVersion(
  store: Store,
  programId: string,
  contentHash: string,
): Promise<PublishedVersion | undefined> {
  let after: string | undefined;
  do {
    const page = await store.query("care", keys.program(programId, 1).pk, {
      skPrefix: itemPrefixes.programVersion,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) {
      const { version, ...published } = readStored(programVersionForm, item);
      if (published.contentHash === contentHash) return { programId, version, contentHash };
    }
    after = page.next;
  } while (after !== undefined);
  return undefined;
}
