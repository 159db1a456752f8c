import { publishFolder } from "../../local/seeds/publish-folder.ts";
import { seedStaff } from "../../local/seeds/seed-foundation.ts";
import type { Store, WriteOperation } from "../../shared/ports/store.ts";
import { MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { write } from "./test-stores.ts";

const programs = new URL("../../programs/", import.meta.url).pathname;

type SeededDeps = { readonly store: Store; readonly clock: { now(): string } };

/** What one publishing of the shipped programs writes, transaction by transaction, by when it was. */
const published = new Map<string, Promise<readonly (readonly WriteOperation[])[]>>();

/**
 * Brings the shipped programs into an empty store of a test. They are checked and compiled once in a process;
 * every later world of the same time gets the same writes again, which is all that publishing does to a store.
 */
export async function publishShipped({ store, clock }: SeededDeps): Promise<void> {
  const now = clock.now();
  const writes = published.get(now) ?? publishOnce(now);
  published.set(now, writes);
  for (const operations of await writes) await write(store, ...operations);
}

/** What every world of a test begins with: policy, sites, the shipped programs and fictional staff. */
export async function seedWorld(deps: SeededDeps): Promise<void> {
  await publishShipped(deps);
  await seedStaff(deps.store);
}

async function publishOnce(now: string): Promise<readonly (readonly WriteOperation[])[]> {
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
  await publishFolder({ store, clock: { now: () => now } }, programs);
  return writes;
}
