import type { Store, StoredItem, WriteOperation } from "../../../shared/ports/store.ts";

/** Fields whose keys are data: question ids, dates, codes. Their keys are one path. */
const maps: readonly string[] = ["answers", "byDay", "data", "evidence"];

/** What kind of item it is: its own word for it, or the beginning of its key. */
function kindOf(table: string, item: Readonly<Record<string, unknown>>): string {
  if (table === "audit") return "entry";
  return typeof item.kind === "string"
    ? item.kind
    : (String(item.sk).split("#")[0] ?? "").toLowerCase();
}

/** The paths of everything that a value holds: `contacts[].by`, `answers`. */
export function pathsOf(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) {
    const inner = value.flatMap((one) => pathsOf(one, `${path}[]`));
    // A list of plain values is one field, and so is an empty one.
    return inner.every((one) => one === `${path}[]`) ? [path] : inner;
  }
  if (value === null || typeof value !== "object") return [path];
  if (maps.includes(path.split(".").at(-1) ?? "")) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    pathsOf(inner, path === "" ? key : `${path}.${key}`),
  );
}

/** Looks on at what is written: which fields, by kind of item. */
export class StoredFields {
  readonly #paths = new Map<string, Set<string>>();

  /** The store, whose committed writes are noted. */
  watch(store: Store): Store {
    return {
      get: (...asked) => store.get(...asked),
      getMany: (...asked) => store.getMany(...asked),
      query: (...asked) => store.query(...asked),
      queryIndex: (...asked) => store.queryIndex(...asked),
      transact: async (operations) => {
        await store.transact(operations);
        for (const operation of operations) this.#note(operation);
      },
    };
  }

  #note(operation: WriteOperation): void {
    if ("put" in operation) this.#noteItem(operation.put.table, operation.put.item);
    if ("add" in operation) {
      const { table, pk, sk, attribute, by, set } = operation.add;
      this.#noteItem(table, { pk, sk, schemaVersion: 1, [attribute]: by, ...set });
    }
  }

  #noteItem(table: string, item: StoredItem): void {
    const kind = `${table}/${kindOf(table, item)}`;
    const known = this.#paths.get(kind) ?? new Set<string>();
    // What an audit entry tells of is codes, each in the words of the timeline.
    const { facts, ...rest } = item;
    for (const path of pathsOf(table === "audit" ? rest : item)) known.add(path);
    if (table === "audit" && facts !== undefined) known.add("facts");
    this.#paths.set(kind, known);
  }

  /** The fields that were written, by table and kind. */
  all(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#paths;
  }
}
