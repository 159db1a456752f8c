import { AsyncLocalStorage } from "node:async_hooks";
import type { Page, Store, StoredItem, TableName, WriteOperation } from "../ports/store.ts";

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
  const items = new Map<string, Promise<StoredItem | undefined>>();
  const pages = new Map<string, Promise<Page>>();
  let writes = 0;

  function keep(table: TableName, item: StoredItem): void {
    items.set(nameOf(table, item), Promise.resolve(item));
  }

  function forget(operations: readonly WriteOperation[]): void {
    writes += 1;
    pages.clear();
    for (const operation of operations) items.delete(writtenBy(operation));
  }

  const once: Store = {
    get(table, pk, sk) {
      const name = nameOf(table, { pk, sk });
      const known = items.get(name);
      if (known !== undefined) return known;
      const reading = store.get(table, pk, sk);
      items.set(name, reading);
      reading.catch(() => items.delete(name));
      return reading;
    },
    async getMany(table, keys) {
      const unknown = keys.filter((key) => !items.has(nameOf(table, key)));
      if (unknown.length > 0) {
        const reading = store.getMany(table, unknown);
        for (const key of unknown) {
          const name = nameOf(table, key);
          const found = reading.then((many) =>
            many.find(({ pk, sk }) => pk === key.pk && sk === key.sk),
          );
          items.set(name, found);
          found.catch(() => items.delete(name));
        }
        await reading;
      }
      const found = await Promise.all(keys.map((key) => items.get(nameOf(table, key))));
      return found.filter((item) => item !== undefined);
    },
    query(table, pk, options) {
      const name = JSON.stringify([table, pk, options]);
      const known = pages.get(name);
      if (known !== undefined) return known;
      const before = writes;
      const reading = store.query(table, pk, options).then((page) => {
        // What was written meanwhile may not be in it.
        if (writes === before) for (const item of page.items) keep(table, item);
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
        pages.clear();
        throw error;
      }
    },
  };
  beneath.set(once, lastingStore(store));
  return once;
}

function nameOf(
  table: TableName,
  { pk, sk }: { readonly pk: string; readonly sk: string },
): string {
  return `${table} ${pk.length} ${pk}${sk}`;
}

function writtenBy(operation: WriteOperation): string {
  if ("put" in operation) return nameOf(operation.put.table, operation.put.item);
  if ("delete" in operation) return nameOf(operation.delete.table, operation.delete);
  if ("add" in operation) return nameOf(operation.add.table, operation.add);
  return nameOf(operation.check.table, operation.check);
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
