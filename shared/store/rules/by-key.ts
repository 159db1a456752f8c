import type { TableName } from "../../ports/store.ts";

/** What tells an item of a table from the others. */
export type Key = { readonly pk: string; readonly sk: string };

/** Values by table and key. A key is looked up as it is: one text put together of it would be a new one each time. */
export class ByKey<Value> {
  readonly #tables = new Map<TableName, Map<string, Map<string, Value>>>();

  has(table: TableName, { pk, sk }: Key): boolean {
    return this.#tables.get(table)?.get(pk)?.has(sk) === true;
  }

  get(table: TableName, { pk, sk }: Key): Value | undefined {
    return this.#tables.get(table)?.get(pk)?.get(sk);
  }

  set(table: TableName, { pk, sk }: Key, value: Value): void {
    const partitions = this.#tables.get(table) ?? new Map<string, Map<string, Value>>();
    const partition = partitions.get(pk) ?? new Map<string, Value>();
    partition.set(sk, value);
    if (partition.size === 1) partitions.set(pk, partition);
    if (partitions.size === 1) this.#tables.set(table, partitions);
  }

  delete(table: TableName, { pk, sk }: Key): void {
    this.#tables.get(table)?.get(pk)?.delete(sk);
  }

  clear(): void {
    this.#tables.clear();
  }
}
