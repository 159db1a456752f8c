import type { Store, WriteOperation } from "../../shared/ports/store.ts";
import type { ProgramFiles } from "../../shared/publishing/compile-program.ts";
import { type PublishOutcome, publishFiles } from "../../shared/publishing/publish-files.ts";
import type { PublishDeps } from "../../shared/publishing/publish-program.ts";
import { tryAgain } from "../../shared/publishing/try-again.ts";
import { MemoryStore } from "../../shared/store/memory/memory-store.ts";

type Recorded = {
  readonly outcome: PublishOutcome;
  /** What was written, transaction by transaction. */
  readonly writes: readonly (readonly WriteOperation[])[];
};

const recorded = new WeakMap<ProgramFiles, Map<string, Promise<Recorded>>>();

/**
 * Publishes programs into an empty store. The same files are checked and compiled once in a process; each later world
 * gets the same writes again, which is all that publishing does to a store: a simulation has a world for every twenty
 * people.
 * @param files - known again by identity
 * @param folders - which programs; every one of the files where left out
 */
export async function publishOnce(
  { store, clock }: PublishDeps,
  files: ProgramFiles,
  folders?: readonly string[],
): Promise<PublishOutcome> {
  const now = clock.now();
  const name = JSON.stringify([now, folders]);
  const known = recorded.get(files) ?? new Map<string, Promise<Recorded>>();
  recorded.set(files, known);
  const published = known.get(name) ?? record(now, files, folders);
  known.set(name, published);
  const { outcome, writes } = await published;
  for (const operations of writes) await tryAgain(() => store.transact(operations));
  return outcome;
}

async function record(
  now: string,
  files: ProgramFiles,
  folders: readonly string[] | undefined,
): Promise<Recorded> {
  const beneath = new MemoryStore({ conflictRate: 0 });
  const writes: (readonly WriteOperation[])[] = [];
  const store: Store = {
    get: (...key) => beneath.get(...key),
    getMany: (...keys) => beneath.getMany(...keys),
    query: (...query) => beneath.query(...query),
    queryIndex: (...query) => beneath.queryIndex(...query),
    async transact(operations) {
      await beneath.transact(operations);
      writes.push(operations);
    },
  };
  const outcome = await publishFiles({ store, clock: { now: () => now } }, files, folders);
  return { outcome, writes };
}
