import { AsyncLocalStorage } from "node:async_hooks";
import type { Store, WriteOperation } from "../../shared/ports/store.ts";

type Reads = { readonly read: Set<string>; readonly twice: string[]; calls: number };

/**
 * Counts what one invocation reads beneath it. What the invocation wrote itself may be read again, and after a
 * write that failed everything may, since another was first.
 */
export class CountingStore implements Store {
  readonly #beneath: Store;
  readonly #invocation = new AsyncLocalStorage<Reads>();
  #sinceBegin: Reads = { read: new Set(), twice: [], calls: 0 };

  constructor(beneath: Store) {
    this.#beneath = beneath;
  }

  /** An invocation begins: nothing has been read. */
  begin(): void {
    this.#sinceBegin = { read: new Set(), twice: [], calls: 0 };
  }

  /** Runs one invocation and counts what it alone reads, whatever else runs at the same time. */
  async during<Answer>(
    run: () => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly twice: readonly string[] }> {
    const reads: Reads = { read: new Set(), twice: [], calls: 0 };
    const answer = await this.#invocation.run(reads, run);
    return { answer, twice: reads.twice };
  }

  /** What was read twice since `begin`. */
  get twice(): readonly string[] {
    return this.#sinceBegin.twice;
  }

  /** How many reads there were since `begin`. */
  get calls(): number {
    return this.#sinceBegin.calls;
  }

  get #reads(): Reads {
    return this.#invocation.getStore() ?? this.#sinceBegin;
  }

  #count(name: string): void {
    const { read, twice } = this.#reads;
    if (read.has(name)) twice.push(name);
    read.add(name);
  }

  get: Store["get"] = (table, pk, sk) => {
    this.#reads.calls += 1;
    this.#count(`${table} ${pk} ${sk}`);
    return this.#beneath.get(table, pk, sk);
  };

  getMany: Store["getMany"] = (table, keys) => {
    this.#reads.calls += 1;
    for (const { pk, sk } of keys) this.#count(`${table} ${pk} ${sk}`);
    return this.#beneath.getMany(table, keys);
  };

  query: Store["query"] = (table, pk, options) => {
    this.#reads.calls += 1;
    this.#count(`query of ${table} ${pk} ${JSON.stringify(options ?? {})}`);
    return this.#beneath.query(table, pk, options);
  };

  queryIndex: Store["queryIndex"] = (index, partition, options) => {
    this.#reads.calls += 1;
    this.#count(`query of ${index} ${partition} ${JSON.stringify(options ?? {})}`);
    return this.#beneath.queryIndex(index, partition, options);
  };

  transact: Store["transact"] = async (operations) => {
    try {
      await this.#beneath.transact(operations);
      const { read } = this.#reads;
      for (const name of [...read]) if (name.startsWith("query ")) read.delete(name);
      for (const operation of operations) read.delete(nameOf(operation));
    } catch (error) {
      this.#reads.read.clear();
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
