// Long because one class keeps the whole contract of a store.
import { ConditionFailedError } from "../../errors/condition-failed-error.ts";
import { StoreMisuseError } from "../../errors/store-misuse-error.ts";
import { StoreUnavailableError } from "../../errors/store-unavailable-error.ts";
import { TransactionConflictError } from "../../errors/transaction-conflict-error.ts";
import type {
  IndexName,
  Page,
  Store,
  StoredItem,
  TableName,
  WriteOperation,
} from "../../ports/store.ts";
import {
  checkKeyCount,
  checkLimit,
  checkOperations,
  type ItemKey,
  keyOf,
} from "../rules/check-operations.ts";
import { readCursor, writeCursor } from "../rules/cursor.ts";
import { checkRange, type IndexKeys, indexKeys } from "../rules/index-keys.ts";
import { storedCopy } from "../rules/plain-value.ts";
import { isPossibleKey } from "../rules/possible-key.ts";
import { conditionHolds } from "./condition-holds.ts";
import { MemoryTable } from "./memory-table.ts";
import { seededRandom } from "./seeded-random.ts";

/** One change as the tables' streams report it. */
export type CommittedChange = {
  readonly table: "care" | "audit";
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly keys: { readonly pk: string; readonly sk: string };
  readonly newImage?: StoredItem;
  readonly oldImage?: StoredItem;
};

/**
 * What can go wrong once: a transaction in the way, a write that was not made, a write that was made
 * although its answer got lost, a read without an answer.
 */
export type StoreFault = "conflict" | "write-not-made" | "answer-lost" | "read";

export type MemoryStoreOptions = {
  /** Share of transactions refused with a conflict, 0 to 1; 0.05 by default, as the real store has them. */
  readonly conflictRate?: number;
  /** Gives numbers from 0 up to 1; the same sequence in every run by default. */
  readonly random?: () => number;
};

type Change = {
  readonly key: ItemKey;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
};
type Planned = {
  readonly operation: WriteOperation;
  readonly key: ItemKey;
  readonly before: StoredItem | undefined;
  readonly copy: StoredItem | undefined;
};
type Index = IndexKeys & { readonly table: MemoryTable };

// No key holds it, and it sorts before every character that one can hold.
const separator = "\u0000";
const afterSeparator = "\u0001";

/**
 * The store in memory: the same answers as the database's adapter, for tests, simulation and
 * benchmark. Items given out are frozen and shared, so a reader that tries to change one fails.
 */
export class MemoryStore implements Store {
  readonly #tables: Readonly<Record<TableName, MemoryTable>> = {
    care: new MemoryTable(),
    identity: new MemoryTable(),
    audit: new MemoryTable(),
  };
  readonly #indexes: Readonly<Record<IndexName, Index>> = {
    byId: { ...indexKeys("byId"), table: new MemoryTable() },
    byWork: { ...indexKeys("byWork"), table: new MemoryTable() },
    byQueue: { ...indexKeys("byQueue"), table: new MemoryTable() },
  };
  readonly #indexList: readonly Index[] = Object.values(this.#indexes);
  readonly #conflictRate: number;
  readonly #random: () => number;
  readonly #listeners = new Set<(changes: readonly CommittedChange[]) => void>();
  readonly #faults: StoreFault[] = [];

  constructor(options: MemoryStoreOptions = {}) {
    this.#conflictRate = options.conflictRate ?? 0.05;
    this.#random = options.random ?? seededRandom(1);
  }

  async get(table: TableName, pk: string, sk: string): Promise<StoredItem | undefined> {
    this.#failReadIfAsked();
    return isPossibleKey({ pk, sk })
      ? this.#tables[table].get(pk.toWellFormed(), sk.toWellFormed())
      : undefined;
  }

  async getMany(
    table: TableName,
    keys: readonly { readonly pk: string; readonly sk: string }[],
  ): Promise<readonly StoredItem[]> {
    checkKeyCount(keys.length);
    this.#failReadIfAsked();
    const found = new Set<StoredItem>();
    for (const { pk, sk } of keys) {
      const item = this.#tables[table].get(pk.toWellFormed(), sk.toWellFormed());
      if (item !== undefined) found.add(item);
    }
    return [...found];
  }

  async query(
    table: TableName,
    pk: string,
    options: {
      readonly skPrefix?: string;
      readonly limit?: number;
      readonly after?: string;
      readonly descending?: boolean;
    } = {},
  ): Promise<Page> {
    checkLimit(options.limit);
    const { skPrefix = "", after, limit, descending } = options;
    const position =
      after === undefined
        ? undefined
        : readCursor(after, { attributes: ["pk", "sk"], partitionKey: "pk", partition: pk });
    this.#failReadIfAsked();
    const { items, more } = this.#tables[table].read(pk, {
      ...(skPrefix === "" ? {} : { from: skPrefix, before: `${skPrefix}\uffff` }),
      ...(position?.sk === undefined ? {} : { after: position.sk }),
      ...(limit === undefined ? {} : { limit }),
      ...(descending === undefined ? {} : { descending }),
    });
    const last = items.at(-1);
    if (!more || last === undefined) return { items };
    return { items, next: writeCursor({ pk: last.pk, sk: last.sk }) };
  }

  async queryIndex(
    index: IndexName,
    partition: string,
    options: {
      readonly from?: string;
      readonly to?: string;
      readonly limit?: number;
      readonly after?: string;
    } = {},
  ): Promise<Page> {
    checkLimit(options.limit);
    checkRange(index, options);
    const { table, partitionKey, sortKey, positionAttributes } = this.#indexes[index];
    const { from, to, after, limit } = options;
    const position =
      after === undefined
        ? undefined
        : readCursor(after, { attributes: positionAttributes, partitionKey, partition });
    this.#failReadIfAsked();
    const { items, more } = table.read(partition, {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { before: to + afterSeparator }),
      ...(position === undefined ? {} : { after: indexName(position, sortKey) }),
      ...(limit === undefined ? {} : { limit }),
    });
    const last = items.at(-1);
    if (!more || last === undefined) return { items };
    const next = Object.fromEntries(positionAttributes.map((name) => [name, String(last[name])]));
    return { items, next: writeCursor(next) };
  }

  async transact(operations: readonly WriteOperation[]): Promise<void> {
    checkOperations(operations);
    if (operations.length === 0) return;
    const fault = this.#takeFault("conflict", "write-not-made", "answer-lost");
    if (fault === "write-not-made") throw new StoreUnavailableError("The store did not answer");
    const isInTheWay = this.#conflictRate > 0 && this.#random() < this.#conflictRate;
    if (isInTheWay || fault === "conflict") {
      throw new TransactionConflictError("Another transaction was in the way");
    }
    const planned = operations.map((operation) => {
      const key = keyOf(operation);
      return {
        operation,
        key,
        before: this.#tables[key.table].get(key.pk, key.sk),
        copy: "put" in operation ? storedCopy(operation.put.item) : undefined,
      };
    });
    for (const [index, { operation, before }] of planned.entries()) {
      const condition = conditionOf(operation);
      if (condition !== undefined && !conditionHolds(condition, before))
        throw new ConditionFailedError(index, before);
    }
    const changes = planned.flatMap((one) => plan(one) ?? []);
    for (const change of changes) this.#apply(change);
    this.#report(changes);
    if (fault === "answer-lost") throw new StoreUnavailableError("The store did not answer");
  }

  /** Calls the listener with what each transaction changed in care and audit; returns how to end that. */
  onCommit(listener: (changes: readonly CommittedChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets the next call of that kind fail; several are used up in order. */
  failNext(fault: StoreFault): void {
    this.#faults.push(fault);
  }

  /** Every item of a table, for a test to look at. */
  all(table: TableName): readonly StoredItem[] {
    return this.#tables[table].all();
  }

  #apply({ key, before, after }: Change): void {
    const table = this.#tables[key.table];
    if (after === undefined) table.delete(key.pk, key.sk);
    else table.set(key.pk, key.sk, after);
    if (key.table !== "care") return;
    for (const index of this.#indexList) {
      const oldPartition = indexPartition(before, index);
      const partition = indexPartition(after, index);
      if (before !== undefined && oldPartition !== undefined) {
        const oldName = indexName(before, index.sortKey);
        const isStill =
          after !== undefined &&
          oldPartition === partition &&
          oldName === indexName(after, index.sortKey);
        if (!isStill) index.table.delete(oldPartition, oldName);
      }
      if (after !== undefined && partition !== undefined) {
        index.table.set(partition, indexName(after, index.sortKey), after);
      }
    }
  }

  #report(changes: readonly Change[]): void {
    if (this.#listeners.size === 0) return;
    const reported = changes.flatMap(({ key: { table, pk, sk }, before, after }) => {
      if (table === "identity") return [];
      const eventName = after === undefined ? "REMOVE" : before === undefined ? "INSERT" : "MODIFY";
      const change: CommittedChange = {
        table,
        eventName,
        keys: { pk, sk },
        ...(after === undefined ? {} : { newImage: after }),
        ...(before === undefined ? {} : { oldImage: before }),
      };
      return [change];
    });
    if (reported.length > 0) for (const listener of this.#listeners) listener(reported);
  }

  #failReadIfAsked(): void {
    if (this.#faults.length > 0 && this.#takeFault("read") !== undefined) {
      throw new StoreUnavailableError("The store did not answer");
    }
  }

  #takeFault(...kinds: readonly StoreFault[]): StoreFault | undefined {
    const index = this.#faults.findIndex((fault) => kinds.includes(fault));
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0];
  }
}

/** Works out one change; nothing is written yet. */
function plan({ operation, key, before, copy }: Planned): Change | undefined {
  if ("check" in operation) return undefined;
  if ("put" in operation) return { key, before, after: copy };
  if ("delete" in operation)
    return before === undefined ? undefined : { key, before, after: undefined };
  const { attribute, by, set } = operation.add;
  const found = before?.[attribute];
  const sum = found === undefined ? 0 : found;
  if (typeof sum !== "number")
    throw new StoreMisuseError("Only a number can be added to", { attribute });
  const { pk, sk } = key;
  const after = storedCopy({
    schemaVersion: 1,
    ...before,
    pk,
    sk,
    ...set,
    [attribute]: sum + by,
  });
  return { key, before, after };
}

function conditionOf(operation: WriteOperation) {
  if ("put" in operation) return operation.put.condition;
  if ("delete" in operation) return operation.delete.condition;
  if ("check" in operation) return operation.check.condition;
  return operation.add.condition;
}

/** The partition of an index that an item is in; undefined where it lacks one of the index's keys. */
function indexPartition(item: StoredItem | undefined, index: Index): string | undefined {
  const partition = item?.[index.partitionKey];
  if (typeof partition !== "string") return undefined;
  if (index.sortKey !== undefined && typeof item?.[index.sortKey] !== "string") return undefined;
  return partition;
}

/** An item's place within a partition of an index; ties are in the order of the items' own keys. */
function indexName(item: Readonly<Record<string, unknown>>, sortKey: string | undefined): string {
  const rank = sortKey === undefined ? "" : String(item[sortKey]);
  return rank + separator + String(item.pk) + separator + String(item.sk);
}
