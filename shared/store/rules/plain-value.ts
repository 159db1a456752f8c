import { StoreMisuseError } from "../../errors/store-misuse-error.ts";
import type { StoredItem } from "../../ports/store.ts";

/**
 * A deep copy of what is about to be stored, frozen: the store's own, out of reach of the caller.
 * `undefined` is left out, as the database cannot hold it, and text that is not well-formed is made so: the
 * database refuses it, and words must not be lost for half an emoji. Parts that are frozen through and through
 * already, such as those of an item read earlier, are shared.
 * @throws {StoreMisuseError} when the item holds something that is no plain data
 */
export function storedCopy(item: StoredItem): StoredItem {
  return copyObject(item, { pk: item.pk, sk: item.sk, schemaVersion: item.schemaVersion });
}

function copyObject<Start extends Record<string, unknown>>(source: object, start: Start): Start {
  const copy: Record<string, unknown> = start;
  for (const name of Object.keys(source)) {
    const value: unknown = Reflect.get(source, name);
    if (value !== undefined) copy[name.toWellFormed()] = copyValue(value);
  }
  return Object.freeze(start);
}

/** Long lists that were copied and frozen here: they come back whole with most changes of their item. */
const keptLists = new WeakSet<object>();
const longList = 8;

function freezeList(list: unknown[]): readonly unknown[] {
  if (list.length >= longList) keptLists.add(list);
  return Object.freeze(list);
}

function copyValue(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "number") {
    if (isStorableNumber(value)) return value;
    throw new StoreMisuseError("Only finite numbers below 1e126 can be stored");
  }
  if (typeof value !== "object") throw notPlain();
  if (isFrozenThrough(value)) return value;
  if (Array.isArray(value)) {
    return freezeList(value.filter((entry) => entry !== undefined).map(copyValue));
  }
  if (value instanceof Uint8Array) return value.slice();
  if (!isPlain(value)) throw notPlain();
  return copyObject(value, {});
}

/** True where nobody can change the value any more and nothing in it needs to be left out. */
function isFrozenThrough(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return isStorableNumber(value);
  if (typeof value !== "object") return false;
  if (!Object.isFrozen(value)) return false;
  if (Array.isArray(value))
    return (value.length >= longList && keptLists.has(value)) || value.every(isFrozenThrough);
  if (!isPlain(value)) return false;
  for (const inner of Object.values(value)) if (!isFrozenThrough(inner)) return false;
  return true;
}

/** The database's own bounds of a number, which are narrower than the language's. */
function isStorableNumber(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-130 && size < 1e126);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notPlain(): StoreMisuseError {
  return new StoreMisuseError("Only plain data can be stored: text, numbers, lists and objects");
}
