import { AsyncLocalStorage } from "node:async_hooks";
import type { Page, Store, StoredItem, TableName, WriteOperation } from "../ports/store.ts";
import { ByKey, type Key } from "./rules/by-key.ts";
import { keyOf } from "./rules/check-operations.ts";

/** The stores beneath those that read once: what is kept for longer than one invocation is kept by them. */
const beneath = new WeakMap<Store, Store>();

/** The store that outlives an invocation. */
export function lastingStore(store: Store): Store {
  return beneath.get(store) ?? store;
}

/**
 * A store for one invocation that loads nothing twice: what was read is given again. What the invocation
 * writes is read afresh afterwards, and after a write that failed everything is, since another was first.
 * Reads of an index are never kept: an index lags.
 */
export function readOnce(store: Store): Store {
  /** What was read; `undefined` where there is no such item. */
  const items = new ByKey<StoredItem | undefined>();
  /** What is being read, by each of the keys that are asked for. */
  const readings = new ByKey<Promise<readonly StoredItem[]>>();
  const pages = new Map<string, Promise<Page>>();
  let writes = 0;

  function read(table: TableName, keys: readonly Key[]): Promise<readonly StoredItem[]> {
    // A key that was written meanwhile is not this reading's any more.
    const takeOff = () => {
      const own = keys.filter((key) => readings.get(table, key) === reading);
      for (const key of own) readings.delete(table, key);
      return own;
    };
    const reading = started(table, keys).then(
      (found) => {
        const byKey = new ByKey<StoredItem>();
        for (const item of found) byKey.set(table, item, item);
        for (const key of takeOff()) items.set(table, key, byKey.get(table, key));
        return found;
      },
      (error: unknown) => {
        takeOff();
        throw error;
      },
    );
    for (const key of keys) readings.set(table, key, reading);
    return reading;
  }

  async function started(table: TableName, keys: readonly Key[]): Promise<readonly StoredItem[]> {
    const [only, ...others] = keys;
    if (only === undefined || others.length > 0) return store.getMany(table, keys);
    const item = await store.get(table, only.pk, only.sk);
    return item === undefined ? [] : [item];
  }

  function forget(operations: readonly WriteOperation[]): void {
    writes += 1;
    pages.clear();
    for (const operation of operations) {
      const key = keyOf(operation);
      items.delete(key.table, key);
      readings.delete(key.table, key);
    }
  }

  const once: Store = {
    async get(table, pk, sk) {
      const key = { pk, sk };
      if (items.has(table, key)) return items.get(table, key);
      const found = await (readings.get(table, key) ?? read(table, [key]));
      return found.find((item) => item.pk === pk && item.sk === sk);
    },
    async getMany(table, keys) {
      const known = keys.map((key) => items.get(table, key));
      const going = new Set(keys.flatMap((key) => readings.get(table, key) ?? []));
      const unknown = keys.filter(
        (key) => !items.has(table, key) && readings.get(table, key) === undefined,
      );
      if (unknown.length > 0) going.add(read(table, unknown));
      const told = new ByKey<StoredItem>();
      for (const found of await Promise.all(going))
        for (const item of found) told.set(table, item, item);
      return keys.flatMap((key, index) => known[index] ?? told.get(table, key) ?? []);
    },
    query(table, pk, options) {
      const name = JSON.stringify([table, pk, options]);
      const known = pages.get(name);
      if (known !== undefined) return known;
      const before = writes;
      const reading = store.query(table, pk, options).then((page) => {
        // What was written meanwhile may not be in it.
        if (writes === before) for (const item of page.items) items.set(table, item, item);
        return page;
      });
      pages.set(name, reading);
      reading.catch(() => pages.delete(name));
      return reading;
    },
    queryIndex: (index, partition, options) => store.queryIndex(index, partition, options),
    async transact(operations) {
      try {
        await store.transact(operations);
        forget(operations);
      } catch (error) {
        writes += 1;
        items.clear();
        readings.clear();
        pages.clear();
        throw error;
      }
    },
  };
  beneath.set(once, lastingStore(store));
  return once;
}

/**
 * The same for an application whose routes hold one store for all requests: what runs `within` a request
 * loads nothing twice, whoever reads.
 */
export function readOnceEach(store: Store): {
  readonly store: Store;
  readonly within: <Result>(run: () => Promise<Result>) => Promise<Result>;
} {
  const current = new AsyncLocalStorage<Store>();
  const here = () => current.getStore() ?? store;
  const each: Store = {
    get: (...args) => here().get(...args),
    getMany: (...args) => here().getMany(...args),
    query: (...args) => here().query(...args),
    queryIndex: (...args) => here().queryIndex(...args),
    transact: (...args) => here().transact(...args),
  };
  beneath.set(each, lastingStore(store));
  return { store: each, within: (run) => current.run(readOnce(store), run) };
}
