import { StoreMisuseError } from "../../errors/store-misuse-error.ts";
import { TransactionTooLargeError } from "../../errors/transaction-too-large-error.ts";
import { tables } from "../../keys/tables.ts";
import type { StoredItem, TableName, WriteOperation } from "../../ports/store.ts";
import { isPossibleKey, isPossibleSort } from "./possible-key.ts";

/** What one transaction, and one read of many keys, can hold. */
const maxAtOnce = 100;

const indexAttributes: readonly string[] = Object.values(tables.care.indexes).flatMap((index) =>
  index.sortKey === undefined ? [index.partitionKey] : [index.partitionKey, index.sortKey],
);

export type ItemKey = { readonly table: TableName; readonly pk: string; readonly sk: string };

/** The item that an operation is about, under the key that the database has it. */
export function keyOf(operation: WriteOperation): ItemKey {
  if ("put" in operation) {
    const { table, item } = operation.put;
    return wellFormedKey({ table, pk: item.pk, sk: item.sk });
  }
  if ("delete" in operation) return wellFormedKey(operation.delete);
  if ("check" in operation) return wellFormedKey(operation.check);
  return wellFormedKey(operation.add);
}

function wellFormedKey({ table, pk, sk }: ItemKey): ItemKey {
  // What is no text at all is refused where operations are checked.
  const made = (key: string) => (typeof key === "string" ? key.toWellFormed() : key);
  return { table, pk: made(pk), sk: made(sk) };
}

/**
 * Refuses what no store takes, before anything is sent, so that each store refuses the same.
 * @throws {TransactionTooLargeError} over 100 operations
 * @throws {StoreMisuseError} for one item twice, an audit entry that could replace another, or a key
 *   that is no text
 */
export function checkOperations(operations: readonly WriteOperation[]): void {
  if (operations.length > maxAtOnce) {
    throw new TransactionTooLargeError(operations.length, maxAtOnce);
  }
  const seen = new Set<string>();
  for (const operation of operations) {
    const { table, pk, sk } = keyOf(operation);
    if (!isPossibleKey({ pk, sk }))
      throw new StoreMisuseError("A key must be text of at most 2048 and 1024 bytes");
    seen.add(`${table}\u0000${pk}\u0000${sk}`);
    if ("put" in operation) {
      checkPut(table, operation.put.item, operation.put.condition?.kind === "absent");
    } else if ("add" in operation) {
      const { attribute, set } = operation.add;
      if (set !== undefined && attribute in set) {
        throw new StoreMisuseError("An attribute cannot be added to and set at once", {
          attribute,
        });
      }
    }
  }
  if (seen.size < operations.length) {
    throw new StoreMisuseError("An item can appear only once in a transaction");
  }
}

/** @throws {StoreMisuseError} when more keys are asked for than one read takes */
export function checkKeyCount(count: number): void {
  if (count > maxAtOnce) throw new StoreMisuseError("Too many keys for one read", { count });
}

/** @throws {StoreMisuseError} unless the page size is a whole number from 1 */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new StoreMisuseError("A page holds at least one item", { limit });
  }
}

function checkPut(table: TableName, item: StoredItem, mustBeAbsent: boolean): void {
  if (table === "audit" && !mustBeAbsent) {
    throw new StoreMisuseError("An audit entry is put once and never replaced");
  }
  if (table !== "care") return;
  for (const attribute of indexAttributes) {
    const value = item[attribute];
    if (value !== undefined && !isPossibleSort(value)) {
      throw new StoreMisuseError("An index attribute must be text", { attribute });
    }
  }
}
