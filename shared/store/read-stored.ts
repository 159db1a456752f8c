import type * as z from "zod";
import type { Stored } from "../care/stored/fields.ts";
import { ItemTooNewError } from "../errors/item-too-new-error.ts";
import { UnreadableItemError } from "../errors/unreadable-item-error.ts";
import { isRequest } from "../keys/keys.ts";
import type { StoredItem, TableName } from "../ports/store.ts";

/** Turns an item of one schema version into the next one. Keeps what it does not know. */
export type Upcaster = (item: StoredItem) => StoredItem;

/** How one kind of item is stored. */
export type StoredForm<Schema extends z.ZodType> = {
  readonly table: TableName;
  /** The item's own word for what it is, or where it has none, the beginning of its sort key. */
  readonly kind: string;
  readonly schema: Schema;
  /** By the version that they take; the version after the last of them is the current one. */
  readonly upcasters: readonly Upcaster[];
};

/**
 * How items of a kind are read: the shape that this release decides from, and the way there from every earlier
 * version. Version 1 is the first; each upcaster adds one.
 */
export function storedForm<Schema extends z.ZodType>(
  table: TableName,
  kind: string,
  schema: Schema,
  upcasters: readonly Upcaster[] = [],
): StoredForm<Schema> {
  return { table, kind, schema, upcasters };
}

/** The version of a kind that this release writes. */
export function currentVersion(form: Pick<StoredForm<z.ZodType>, "upcasters">): number {
  return form.upcasters.length + 1;
}

/**
 * The item as its kind: brought up to the current version and parsed. It is the item itself that comes back and no
 * copy, so that keys which a newer release has added stay on it, at any depth, and are there when it is written.
 *
 * @throws {ItemTooNewError} when a newer release wrote it in a form of its own
 * @throws {UnreadableItemError} when it is not what its kind should be; names the key and the path of the fault
 */
export function readStored<Schema extends z.ZodType>(
  form: StoredForm<Schema>,
  item: StoredItem,
): StoredItem & Stored<Schema> {
  const current = upcast(form, item);
  assertReadable(form, current);
  return current;
}

function upcast(form: StoredForm<z.ZodType>, item: StoredItem): StoredItem {
  // Counters of earlier releases have none.
  const version = typeof item.schemaVersion === "number" ? item.schemaVersion : 1;
  if (version > currentVersion(form)) {
    throw new ItemTooNewError("The item was written by a newer release and is left alone", {
      ...place(form, item),
      schemaVersion: version,
    });
  }
  const due = form.upcasters.slice(version - 1);
  if (due.length === 0) return item;
  return { ...due.reduce((older, next) => next(older), item), schemaVersion: currentVersion(form) };
}

/** Items that were found readable, with the schema that they met. */
const foundReadable = new WeakMap<StoredItem, z.ZodType>();

function assertReadable<Schema extends z.ZodType>(
  form: StoredForm<Schema>,
  item: StoredItem,
): asserts item is StoredItem & Stored<Schema> {
  if (foundReadable.get(item) === form.schema) return;
  // What the schema would make of the item is not asked for: it is the item itself that is given on.
  if (form.schema.validate(item)) {
    // The store in memory gives out the same item until it is written anew, frozen through and through.
    if (Object.isFrozen(item)) foundReadable.set(item, form.schema);
    return;
  }
  const { error } = form.schema.safeParse(item);
  throw unreadable(form, item, error === undefined ? "unknown" : faultOf(error));
}

/** What the items of a kind keep packed, as text in one of their fields. */
export type PackedContent<Schema extends z.ZodType> = {
  readonly form: Pick<StoredForm<z.ZodType>, "table" | "kind">;
  readonly schema: Schema;
};

/** Says what the items of a kind keep packed; its fields are stored fields as those of the item are. */
export function packedIn<Schema extends z.ZodType>(
  form: StoredForm<z.ZodType>,
  schema: Schema,
): PackedContent<Schema> {
  return { form, schema };
}

/**
 * What was packed into an item.
 * @param json - its text, unpacked; `undefined` where it could not be
 * @throws {UnreadableItemError} when it is not what it should be; names the key of the item and the path of the fault
 */
export function readPacked<Schema extends z.ZodType>(
  { form, schema }: PackedContent<Schema>,
  item: StoredItem,
  json: string | undefined,
): z.output<Schema> {
  if (json !== undefined) {
    const { data, error } = schema.safeParse(JSON.parse(json));
    if (error === undefined) return data;
    throw unreadable(form, item, faultOf(error));
  }
  throw unreadable(form, item, "content");
}

function unreadable(
  form: Pick<StoredForm<z.ZodType>, "table" | "kind">,
  item: StoredItem,
  fault: string,
): UnreadableItemError {
  return new UnreadableItemError("A stored item cannot be read", {
    ...place(form, item),
    fault,
  });
}

function place(form: Pick<StoredForm<z.ZodType>, "table" | "kind">, { pk, sk }: StoredItem) {
  return { table: form.table, kind: form.kind, ...keyForLog({ pk, sk }) };
}

/** What our keys are made of: opaque ids, codes, dates. Whatever else stands there is not told. */
const ownKey = /^[A-Za-z0-9#:._/-]{1,200}$/;
const ownName = /^[A-Za-z0-9_-]{1,60}$/;

/** A key as it may be told: those that senders of requests choose, and what is no key of ours, are left out. */
export function keyForLog({ pk, sk }: { readonly pk: string; readonly sk: string }) {
  const told = (key: string) => (ownKey.test(key) && !isRequest(key) ? key : "untold");
  return { pk: told(pk), sk: told(sk) };
}

/** Where the first fault of a value is, and of what kind: never what was found there. */
export function faultOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "unknown";
  const path = issue.path.map(String).map((name) => (ownName.test(name) ? name : "?"));
  return `${path.join(".")}: ${issue.code}`;
}

/** An item that this release does not read: it is at fault, or newer. */
export type Unreadable = UnreadableItemError | ItemTooNewError;

/**
 * For lists that people read: one bad item never hides the others, and never is missing without a word.
 * @param instead - what stands in the list for an item that cannot be read
 */
export function readOr<Read, Instead>(
  item: StoredItem,
  read: (item: StoredItem) => Read,
  instead: (item: StoredItem) => Instead,
): Read | Instead {
  try {
    return read(item);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return instead(item);
  }
}

/** True for an item that this release cannot read, whoever wrote it. */
export function isUnreadable(error: unknown): error is Unreadable {
  return error instanceof UnreadableItemError || error instanceof ItemTooNewError;
}
