import type { Store, WriteOperation } from "../../shared/ports/store.ts";

/**
 * Counts what one invocation reads beneath it. What the invocation wrote itself may be read again, and after a
 * write that failed everything may, since another was first.
 */
export class CountingStore implements Store {
  readonly #beneath: Store;
  #read = new Set<string>();
  /** What was read twice since `begin`. */
  twice: string[] = [];
  /** How many reads there were since `begin`. */
  calls = 0;

  constructor(beneath: Store) {
    this.#beneath = beneath;
  }

  /** An invocation begins: nothing has been read. */
  begin(): void {
    this.#read = new Set();
    this.twice = [];
    this.calls = 0;
  }

  #count(name: string): void {
    if (this.#read.has(name)) this.twice.push(name);
    this.#read.add(name);
  }

  get: Store["get"] = (table, pk, sk) => {
    this.calls += 1;
    this.#count(`${table} ${pk} ${sk}`);
    return this.#beneath.get(table, pk, sk);
  };

  getMany: Store["getMany"] = (table, keys) => {
    this.calls += 1;
    for (const { pk, sk } of keys) this.#count(`${table} ${pk} ${sk}`);
    return this.#beneath.getMany(table, keys);
  };

  query: Store["query"] = (table, pk, options) => {
    this.calls += 1;
    this.#count(`query of ${table} ${pk} ${JSON.stringify(options ?? {})}`);
    return this.#beneath.query(table, pk, options);
  };

  queryIndex: Store["queryIndex"] = (index, partition, options) => {
    this.calls += 1;
    this.#count(`query of ${index} ${partition} ${JSON.stringify(options ?? {})}`);
    return this.#beneath.queryIndex(index, partition, options);
  };

  transact: Store["transact"] = async (operations) => {
    try {
      await this.#beneath.transact(operations);
      for (const name of [...this.#read]) if (name.startsWith("query ")) this.#read.delete(name);
      for (const operation of operations) this.#read.delete(nameOf(operation));
    } catch (error) {
      this.#read.clear();
      throw error;
    }
  };
}

function nameOf(operation: WriteOperation): string {
  if ("put" in operation) {
    const { table, item } = operation.put;
    return `${table} ${item.pk} ${item.sk}`;
  }
  const { table, pk, sk } =
    "delete" in operation ? operation.delete : "add" in operation ? operation.add : operation.check;
  return `${table} ${pk} ${sk}`;
}
