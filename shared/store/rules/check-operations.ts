import { ItemTooLargeError } from "../../errors/item-too-large-error.ts";
import { StoreMisuseError } from "../../errors/store-misuse-error.ts";
import { TransactionTooLargeError } from "../../errors/transaction-too-large-error.ts";
import { tables } from "../../keys/keys.ts";
import type { StoredItem, TableName, WriteOperation } from "../../ports/store.ts";
import { ByKey, type Key } from "./by-key.ts";
import { packedAttributes, packItem } from "./packed-item.ts";
import { isPossibleKey, isPossibleSort } from "./possible-key.ts";

/** What one transaction, and one read of many keys, can hold. */
const maxAtOnce = 100;

/** Bytes that DynamoDB lets one item hold, names of attributes included (its service quotas). */
export const maxItemBytes = 400 * 1024;
/** From so many bytes on somebody is told: there is room for years of the same growth left. */
export const largeItemBytes = 300_000;

const indexAttributes: readonly string[] = Object.values(tables.care.indexes).flatMap((index) =>
  index.sortKey === undefined ? [index.partitionKey] : [index.partitionKey, index.sortKey],
);

export type ItemKey = Key & { readonly table: TableName };

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
 * @throws {ItemTooLargeError} for an item of more bytes than one may have
 * @throws {StoreMisuseError} for one item twice, an audit entry that could replace another, or a key
 *   that is no text
 */
export function checkOperations(operations: readonly WriteOperation[]): void {
  if (operations.length > maxAtOnce) {
    throw new TransactionTooLargeError(operations.length, maxAtOnce);
  }
  const seen = new ByKey<true>();
  for (const operation of operations) {
    const { table, ...key } = keyOf(operation);
    if (!isPossibleKey(key))
      throw new StoreMisuseError("A key must be text of at most 2048 and 1024 bytes");
    if (seen.has(table, key))
      throw new StoreMisuseError("An item can appear only once in a transaction");
    seen.set(table, key, true);
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

/** An item that is written, and how many bytes it takes. */
export type LargeItem = {
  readonly table: TableName;
  readonly item: StoredItem;
  readonly bytes: number;
};

/** Items that were found large when a write of them was checked; asked again once the write is made. */
const foundLarge = new WeakMap<StoredItem, number>();

/** The items of a checked write that come near to what the database lets one hold; usually none. */
export function largeItems(operations: readonly WriteOperation[]): readonly LargeItem[] {
  return operations.flatMap((operation) => {
    if (!("put" in operation)) return [];
    const { table, item } = operation.put;
    const bytes = foundLarge.get(item);
    return bytes === undefined ? [] : [{ table, item, bytes }];
  });
}

/** The item's bytes where it may be large, and otherwise at least as many: nearly all are far from it and need no counting. */
function bytesOf(table: TableName, item: StoredItem): number {
  const most = mostBytes(item);
  return most < largeItemBytes ? most : itemBytes(table, item);
}

/** What a unit of a text takes at most in JSON, and what a number does. */
const [unitBytes, numberBytes] = [6, 25];

/** Never fewer than {@link itemBytes}, of whatever table. */
export function mostBytes(value: unknown): number {
  if (typeof value === "string") return value.length * unitBytes;
  if (typeof value !== "object" || value === null) return numberBytes;
  let bytes = 10;
  if (Array.isArray(value)) {
    for (const one of value)
      bytes += 3 + (typeof one === "string" ? one.length * unitBytes : mostBytes(one));
    return bytes;
  }
  // Every write passes here: a value of the name that is being gone through is found at once, `Reflect.get` looks it up.
  const values: Readonly<Record<string, unknown>> = Object(value);
  for (const name in values) {
    const one = values[name];
    bytes +=
      6 +
      name.length * unitBytes +
      (typeof one === "string" ? one.length * unitBytes : mostBytes(one));
  }
  return bytes;
}

/** Bytes that an item takes in the table, where its lists and objects are one text. */
export function itemBytes(table: TableName, item: StoredItem): number {
  return storedBytes(packItem(table, item));
}

/**
 * Bytes that a value takes, as DynamoDB counts them: text as UTF-8, a number as a byte for two digits and one more, a
 * list or an object as three and one for each entry, and the names.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
function storedBytes(value: unknown, isPart = false): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value !== "object" || value === null) return 1;
  const around = isPart ? 3 : 0;
  const each = isPart ? 1 : 0;
  let bytes = around;
  if (Array.isArray(value)) {
    for (const one of value) bytes += each + storedBytes(one, true);
    return bytes;
  }
  for (const name of Object.keys(value)) {
    const one: unknown = Reflect.get(value, name);
    if (one !== undefined) bytes += each + Buffer.byteLength(name) + storedBytes(one, true);
  }
  return bytes;
}

function checkPut(table: TableName, item: StoredItem, mustBeAbsent: boolean): void {
  for (const attribute of packedAttributes)
    if (item[attribute] !== undefined)
      throw new StoreMisuseError("An attribute has a name that the store keeps for itself", {
        attribute,
      });
  const bytes = bytesOf(table, item);
  if (bytes >= largeItemBytes) foundLarge.set(item, bytes);
  if (bytes > maxItemBytes) {
    const { pk, sk, kind } = item;
    throw new ItemTooLargeError("An item would be larger than the database lets one be", {
      table,
      pk,
      sk,
      ...(typeof kind === "string" ? { kind } : {}),
      bytes,
    });
  }
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
