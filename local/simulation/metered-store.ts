import type { Store, StoredItem, TableName, WriteOperation } from "../../shared/ports/store.ts";
import { bytesOf, indexWriteUnits, readUnits, writeUnits } from "./table-units.ts";

/** One call of the database, as it is charged. */
export type StoreCall = {
  readonly kind: "read" | "transaction";
  readonly tables: readonly TableName[];
  readonly readUnits: number;
  readonly writeUnits: number;
};

/** The store with an ear: every call is told, with the units that DynamoDB would charge for it. */
export function meteredStore(store: Store, told: (call: StoreCall) => void): Store {
  const read = (table: TableName, units: number) =>
    told({ kind: "read", tables: [table], readUnits: units, writeUnits: 0 });
  const sizeOf = (table: TableName, items: readonly StoredItem[]) =>
    items.reduce((sum, item) => sum + bytesOf(table, item), 0);
  return {
    get: async (table, pk, sk) => {
      const item = await store.get(table, pk, sk);
      read(table, readUnits(item === undefined ? 0 : bytesOf(table, item)));
      return item;
    },
    getMany: async (table, keys) => {
      const items = await store.getMany(table, keys);
      const missing = new Set(keys.map(({ pk, sk }) => `${pk} ${sk}`)).size - items.length;
      // A batch is charged item by item, and a missing item like a small one.
      read(table, missing + items.reduce((sum, item) => sum + readUnits(bytesOf(table, item)), 0));
      return items;
    },
    query: async (table, pk, options) => {
      const page = await store.query(table, pk, options);
      read(table, readUnits(sizeOf(table, page.items)));
      return page;
    },
    queryIndex: async (index, partition, options) => {
      const page = await store.queryIndex(index, partition, options);
      read("care", readUnits(sizeOf("care", page.items)) / 2);
      return page;
    },
    transact: async (operations) => {
      if (operations.length === 0) return;
      const writes = await Promise.all(
        operations.map(async (operation) => ({ operation, ...(await changeOf(store, operation)) })),
      );
      const units = (isDone: boolean) =>
        told({
          kind: "transaction",
          tables: [...new Set(writes.map(({ table }) => table))],
          readUnits: 0,
          // A transaction that is refused is charged for its items all the same, but not for indexes.
          writeUnits: writes.reduce(
            (sum, write) => sum + unitsOf(write, isAlone(operations), isDone),
            0,
          ),
        });
      try {
        await store.transact(operations);
        units(true);
      } catch (error) {
        units(false);
        throw error;
      }
    },
  };
}

type Written = {
  readonly operation: WriteOperation;
  readonly table: TableName;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
};

/** The adapter writes a single put or delete without a condition outside a transaction, at half the units. */
function isAlone(operations: readonly WriteOperation[]): boolean {
  const [only] = operations;
  if (only === undefined || operations.length > 1) return false;
  return (
    ("put" in only && only.put.condition === undefined) ||
    ("delete" in only && only.delete.condition === undefined)
  );
}

function unitsOf(written: Written, isSingle: boolean, isDone: boolean): number {
  const { operation, table, before, after } = written;
  const own = writeUnits(table, before, after) * (isSingle ? 1 : 2);
  const isIndexed = isDone && table === "care" && !("check" in operation);
  return own + (isIndexed ? indexWriteUnits(before, after) : 0);
}

async function changeOf(
  store: Store,
  operation: WriteOperation,
): Promise<Omit<Written, "operation">> {
  if ("put" in operation) {
    const { table, item } = operation.put;
    return { table, before: await store.get(table, item.pk, item.sk), after: item };
  }
  if ("delete" in operation) {
    const { table, pk, sk } = operation.delete;
    return { table, before: await store.get(table, pk, sk), after: undefined };
  }
  if ("check" in operation) {
    const { table, pk, sk } = operation.check;
    const item = await store.get(table, pk, sk);
    return { table, before: item, after: item };
  }
  const { table, pk, sk, attribute, by, set } = operation.add;
  const before = await store.get(table, pk, sk);
  const after = { schemaVersion: 1, ...before, pk, sk, ...set, [attribute]: by };
  return { table, before, after };
}
