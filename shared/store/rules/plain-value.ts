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
  return copyObject(item);
}

type Plain = Readonly<Record<string, unknown>>;

/**
 * Begins with a spread and changes in place what has to be changed: an object that is put together name by name is
 * kept as a look-up table by the engine from a dozen names on, and every later spread of it takes some microseconds
 * instead of a tenth of one.
 */
function copyObject<Source extends Plain>(source: Source): Source {
  const copy = { ...source };
  const values: Record<string, unknown> = copy;
  for (const name in values) {
    const value = values[name];
    if (value === undefined || isOddName(name)) return copyOdd(source);
    const kept = copyValue(value);
    if (kept !== value) values[name] = kept;
  }
  return Object.freeze(copy);
}

/** No name that the database's own client could give back, or text that the database refuses. */
function isOddName(name: string): boolean {
  return name === "__proto__" || !name.isWellFormed();
}

/** The same for an object that holds what cannot be kept as it is. */
function copyOdd<Source extends Plain>(source: Source): Source {
  const copy = { ...source };
  const values: Record<string, unknown> = copy;
  for (const [name, value] of Object.entries(source)) {
    if (value !== undefined && !isOddName(name)) values[name] = copyValue(value);
    else {
      delete values[name];
      if (value !== undefined && name !== "__proto__")
        values[name.toWellFormed()] = copyValue(value);
    }
  }
  // A spread makes it an object like any other again, which it is not after a deletion.
  return Object.freeze({ ...copy });
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
  if (!isPlain(value)) throw notPlain();
  return copyObject(value);
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
  for (const name in value) if (!isFrozenThrough(value[name])) return false;
  return true;
}

/** The database's own bounds of a number, which are narrower than the language's. */
function isStorableNumber(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-130 && size < 1e126);
}

function isPlain(value: object): value is Plain {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notPlain(): StoreMisuseError {
  return new StoreMisuseError("Only plain data can be stored: text, numbers, lists and objects");
}
