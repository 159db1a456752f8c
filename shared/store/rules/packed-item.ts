import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { StoredItem, TableName } from "../../ports/store.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** The attributes that hold the lists and objects of an item: as one JSON text, or that text compressed. */
export const packedAttributes = ["json", "packed"] as const;

/** From so many letters on the text is compressed: a write is charged by the kilobyte. */
const compressedFrom = 1000;
/** Nothing that one item can hold is larger; a few bytes can be made to stand for more. */
const largestTextBytes = 50_000_000;

/**
 * An item as the database gets it: its lists and objects in one text, since a database and its client take an object
 * apart value by value, ten times as slowly as a text. What conditions and indexes look at are texts and numbers, which
 * stay attributes. Audit entries stay as they are: auditors read them, in the table and in the archive.
 * @param item - plain data, without `undefined`
 */
export function packItem(table: TableName, item: StoredItem): StoredItem {
  if (table === "audit") return item;
  const nested: Record<string, unknown> = {};
  const flat: Record<string, unknown> = {};
  let isNested = false;
  for (const name in item) {
    const value = item[name];
    if (typeof value === "object" && value !== null) {
      nested[name] = value;
      isNested = true;
    } else flat[name] = value;
  }
  if (!isNested) return item;
  const { pk, sk, schemaVersion } = item;
  const json = JSON.stringify(nested);
  const held = json.length < compressedFrom ? { json } : { packed: deflateRawSync(json) };
  return { ...flat, pk, sk, schemaVersion, ...held };
}

/**
 * Undoes {@link packItem}. What earlier releases wrote, attribute by attribute, is returned as it is, and so is an item
 * whose text is damaged: what it lacks is then told by whoever reads it.
 */
export function unpackItem(attributes: Attributes): Attributes {
  const { json, packed, ...flat } = attributes;
  const nested = unpackNested({ json, packed });
  return nested === undefined ? attributes : { ...flat, ...nested };
}

/**
 * The lists and objects of an item, by name.
 * @returns `undefined` where there are none, or what holds them is damaged
 */
export function unpackNested(held: {
  readonly json?: unknown;
  readonly packed?: unknown;
}): Attributes | undefined {
  try {
    const text =
      held.packed instanceof Uint8Array
        ? inflateRawSync(held.packed, { maxOutputLength: largestTextBytes }).toString()
        : held.json;
    if (typeof text !== "string") return undefined;
    const nested: unknown = JSON.parse(text);
    return typeof nested === "object" && nested !== null && !Array.isArray(nested)
      ? { ...nested }
      : undefined;
  } catch {
    // Somebody changed it by hand: it is nothing of ours.
    return undefined;
  }
}
