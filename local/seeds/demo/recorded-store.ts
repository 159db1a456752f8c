import type { Store, StoredItem, TableName, WriteOperation } from "../../../shared/ports/store.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";

type Place = { readonly table: TableName; readonly pk: string; readonly sk: string };

/** A store in memory that knows what was written, so that it can be copied as it stands at the end. */
export class RecordedStore extends MemoryStore {
  readonly #written = new Map<string, Place>();

  constructor() {
    super({ conflictRate: 0 });
  }

  override async transact(operations: readonly WriteOperation[]): Promise<void> {
    await super.transact(operations);
    for (const operation of operations) {
      const place = placeOf(operation);
      if (place !== undefined) this.#written.set(`${place.table} ${place.pk} ${place.sk}`, place);
    }
  }

  /** Puts everything into another store. */
  async copyTo(other: Store): Promise<void> {
    const puts: WriteOperation[] = [];
    for (const { table, pk, sk } of this.#written.values()) {
      const item: StoredItem | undefined = await this.get(table, pk, sk);
      if (item === undefined) continue;
      // An audit entry is put once and never replaced; anything else may be there from the foundation.
      const condition = table === "audit" ? ({ kind: "absent" } as const) : undefined;
      puts.push({ put: { table, item, ...(condition === undefined ? {} : { condition }) } });
    }
    for (let from = 0; from < puts.length; from += itemsAtOnce)
      await other.transact(puts.slice(from, from + itemsAtOnce));
  }
}

const itemsAtOnce = 100;

function placeOf(operation: WriteOperation): Place | undefined {
  if ("put" in operation) {
    const { table, item } = operation.put;
    return { table, pk: item.pk, sk: item.sk };
  }
  return "add" in operation ? operation.add : undefined;
}
