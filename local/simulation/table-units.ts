import { tables } from "../../shared/keys/keys.ts";
import type { StoredItem } from "../../shared/ports/store.ts";

/** Bytes of an item as DynamoDB counts them: names and values, three per list or map and one per member. */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + valueBytes(one), 3);
  if (typeof value === "object" && value !== null)
    return Object.entries(value).reduce(
      (sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + valueBytes(one),
      3,
    );
  return 1;
}

/** Units of one write: the larger of what was there and what is there now, per kB begun. */
export function writeUnits(...items: readonly (StoredItem | undefined)[]): number {
  const bytes = Math.max(1, ...items.map((item) => (item === undefined ? 0 : itemBytes(item))));
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
    if (old === undefined || now === undefined) return sum + writeUnits(before, after);
    return sum + (old === now ? writeUnits(before, after) : writeUnits(before) + writeUnits(after));
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
