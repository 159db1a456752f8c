import { tables } from "../../shared/keys/keys.ts";
import type { StoredItem, TableName } from "../../shared/ports/store.ts";
import { itemBytes } from "../../shared/store/rules/check-operations.ts";

/** What was measured already: an item is packed for that, and the same one is met with every read and index. */
const measured = new WeakMap<StoredItem, number>();

/** Bytes that an item takes in its table. */
export function bytesOf(table: TableName, item: StoredItem): number {
  const known = measured.get(item);
  if (known !== undefined) return known;
  const bytes = itemBytes(table, item);
  measured.set(item, bytes);
  return bytes;
}

/** Units of one write: the larger of what was there and what is there now, per kB begun. */
export function writeUnits(
  table: TableName,
  ...items: readonly (StoredItem | undefined)[]
): number {
  const sizes = items.map((item) => (item === undefined ? 0 : bytesOf(table, item)));
  const bytes = Math.max(1, ...sizes);
  return Math.ceil(bytes / 1024);
}

/** Units of one consistent read, per 4 kB begun; an index read costs half. */
export function readUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 4096));
}

const indexes = Object.values(tables.care.indexes);

/** Units that the indexes take for one change of an item of `care`: an entry that moves is written twice. */
export function indexWriteUnits(
  before: StoredItem | undefined,
  after: StoredItem | undefined,
): number {
  return indexes.reduce((sum, index) => {
    const old = entry(before, index);
    const now = entry(after, index);
    if (old === undefined && now === undefined) return sum;
    if (old === undefined || now === undefined) return sum + writeUnits("care", before, after);
    if (old === now) return sum + writeUnits("care", before, after);
    return sum + writeUnits("care", before) + writeUnits("care", after);
  }, 0);
}

/** How many indexes hold an item. */
export function indexEntries(item: StoredItem): number {
  return indexes.filter((index) => entry(item, index) !== undefined).length;
}

function entry(
  item: StoredItem | undefined,
  index: { readonly partitionKey: string; readonly sortKey: string | undefined },
): string | undefined {
  const names = [index.partitionKey, ...(index.sortKey === undefined ? [] : [index.sortKey])];
  const values = names.map((name) => item?.[name]);
  return values.every((value) => typeof value === "string") ? values.join("\u0000") : undefined;
}
