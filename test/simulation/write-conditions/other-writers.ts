import { ConditionFailedError } from "../../../shared/errors/condition-failed-error.ts";
import { TransactionConflictError } from "../../../shared/errors/transaction-conflict-error.ts";
import type { Store, StoredItem, WriteOperation } from "../../../shared/ports/store.ts";

/** Each way in which somebody else was faster is tried so many times in a life: the first of them as a rule show it. */
const triesOfEach = 3;

/** Waits are in order of their beginning: another's is newer than ours. */
const newestOrder = "9999-12-31T23:59:59.999Z#0000";

type Written = {
  readonly table: "care" | "identity" | "audit";
  readonly pk: string;
  readonly sk: string;
};

/** What kind of item stands under a key: the beginning of its sort key, or what it is. */
function kindOf({ table, pk, sk }: Written): string {
  const name =
    table === "audit"
      ? "entry"
      : (/^[A-Z]+(?=#)/.exec(sk)?.[0] ?? (/^\d/.test(sk) ? `of ${pk.split("#")[0]}` : sk));
  return table === "care" ? name : `${table} ${name}`;
}

function placeOf(operation: WriteOperation): Written {
  if ("put" in operation) {
    const { table, item } = operation.put;
    return { table, pk: item.pk, sk: item.sk };
  }
  if ("delete" in operation) return operation.delete;
  return "check" in operation ? operation.check : operation.add;
}

/** What a transaction is for, by what it writes: the statuses of messages tell a claim from its end. */
export function purposeOf(operations: readonly WriteOperation[]): string {
  const written = operations.flatMap((operation) => {
    if ("check" in operation) return [];
    const kind = kindOf(placeOf(operation));
    const isMessage = kind === "MSG" && "put" in operation;
    if (isMessage) return [`MSG ${String(operation.put.item.status)}`];
    return ["delete" in operation ? `no ${kind}` : kind];
  });
  const kinds = [...new Set(written)].sort();
  return kinds.includes("EPISODE") ? "a decision" : kinds.join(", ");
}

/**
 * Lets somebody else be faster: before a transaction, what it is about to write is changed, or put where it
 * expects nothing. Notes for each kind of write whether the transaction then went over the other's change.
 */
export class OtherWriters {
  /** By kind of item and circumstance: whether such a write was refused. */
  readonly overwritten = new Map<string, boolean>();
  /** By what a transaction is for: whether a change of the episode's record refused it. */
  readonly heedsTheEpisode = new Map<string, boolean>();
  readonly #tries = new Map<string, number>();
  /** No two others write the same version: who read the one before must be refused by the next. */
  #otherWrites = 7;
  #last: Promise<unknown> = Promise.resolve();

  watch(store: Store): Store {
    return {
      get: (...asked) => store.get(...asked),
      getMany: (...asked) => store.getMany(...asked),
      query: (...asked) => store.query(...asked),
      queryIndex: (...asked) => store.queryIndex(...asked),
      // One after the other: what is put back after a try is not to undo what went through meanwhile.
      transact: (operations) => {
        const own = this.#last.then(async () => {
          if (await this.#meet(store, operations)) return;
          await store.transact(operations);
        });
        this.#last = own.catch(() => undefined);
        return own;
      },
    };
  }

  /** @returns true where the transaction went through at one of the tries */
  async #meet(store: Store, operations: readonly WriteOperation[]): Promise<boolean> {
    const isPublishing = operations.some((operation) =>
      /^(PROGRAM|POLICY|SITE|STAFF)/.test(placeOf(operation).pk),
    );
    if (isPublishing) return false;
    // What is known to go over another's write ends the tries of its transaction: it comes last.
    const isKnown = (operation: WriteOperation) => {
      const kind = kindOf(placeOf(operation));
      return [`${kind} that is new`, `${kind} that was there`].some((one) =>
        this.overwritten.get(one),
      );
    };
    const inOrder = [...operations].sort(
      (left, right) => Number(isKnown(left)) - Number(isKnown(right)),
    );
    for (const operation of inOrder) {
      if (!("put" in operation)) continue;
      const place = placeOf(operation);
      // The table of audit entries takes no second put of a key: nobody can be faster there.
      if (place.table === "audit") continue;
      const before = await store.get(place.table, place.pk, place.sk);
      const what = `${kindOf(place)} ${before === undefined ? "that is new" : "that was there"}`;
      if (!this.#isWanted(what)) continue;
      const others = {
        ...(before ?? { ...place, schemaVersion: 1 }),
        version: this.#nextVersion(before),
        byAnother: true,
        order: newestOrder,
      };
      const { table: _table, ...item } = others as StoredItem & { table?: string };
      const isRefused = await this.#tryAgainst(
        store,
        operations,
        place.table,
        item as StoredItem,
        before,
      );
      this.overwritten.set(what, (this.overwritten.get(what) ?? false) || !isRefused);
      if (!isRefused) return true;
    }
    return this.#moveTheEpisode(store, operations);
  }

  #nextVersion(item: StoredItem | undefined): number {
    this.#otherWrites += 1;
    return versionOf(item) + this.#otherWrites;
  }

  async #moveTheEpisode(store: Store, operations: readonly WriteOperation[]): Promise<boolean> {
    const pk = operations
      .map((operation) => placeOf(operation).pk)
      .find((one) => one.startsWith("EP#"));
    const root = pk === undefined ? undefined : await store.get("care", pk, "EPISODE");
    const what = purposeOf(operations);
    if (root === undefined || !this.#isWanted(`episode ${what}`)) return false;
    const moved = { ...root, version: this.#nextVersion(root) };
    const isRefused = await this.#tryAgainst(store, operations, "care", moved, root);
    this.heedsTheEpisode.set(what, (this.heedsTheEpisode.get(what) ?? true) && isRefused);
    return !isRefused;
  }

  /** Whether the transaction is refused after another's write; that write is taken back. */
  async #tryAgainst(
    store: Store,
    operations: readonly WriteOperation[],
    table: Written["table"],
    others: StoredItem,
    before: StoredItem | undefined,
  ): Promise<boolean> {
    await insist(store, [{ put: { table, item: others } }]);
    let isRefused = false;
    try {
      await insist(store, operations);
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      isRefused = true;
    }
    const { pk, sk } = others;
    const now = await store.get(table, pk, sk);
    if (now?.byAnother === true || isRefused || now?.version === others.version) {
      const undo: WriteOperation =
        before === undefined && table !== "audit"
          ? { delete: { table, pk, sk } }
          : { put: { table, item: before ?? others } };
      await insist(store, [undo]);
    }
    return isRefused;
  }

  #isWanted(what: string): boolean {
    const tries = this.#tries.get(what) ?? 0;
    this.#tries.set(what, tries + 1);
    return tries < triesOfEach;
  }
}

function versionOf(item: StoredItem | undefined): number {
  return typeof item?.version === "number" ? item.version : 0;
}

/** Writes, again whenever another transaction is said to be in the way. */
async function insist(store: Store, operations: readonly WriteOperation[]): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await store.transact(operations);
      return;
    } catch (error) {
      if (!(error instanceof TransactionConflictError) || attempt > 20) throw error;
    }
  }
}
