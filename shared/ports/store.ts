/** The tables. `care` is state by aggregate, `identity` who people are, `audit` put only. */
export type TableName = "care" | "identity" | "audit";

/** A stored item: its keys, its schema version and whatever it holds. Unknown keys survive a write. */
export type StoredItem = {
  readonly pk: string;
  readonly sk: string;
  readonly schemaVersion: number;
  readonly [attribute: string]: unknown;
};

/** What must be true of the item as it stands for a write to happen: of its texts, numbers and truths, never of a list or an object. */
export type Condition =
  | { readonly kind: "absent" }
  | { readonly kind: "present" }
  /** Every named attribute equals the value; `undefined` means the attribute is not there. */
  | {
      readonly kind: "equals";
      readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
    }
  /** Absent, or the numeric attribute is below the value: a guarded counter. */
  | { readonly kind: "absent-or-below"; readonly attribute: string; readonly value: number }
  /** Absent, or the attribute (string or number) is less than or equal to the value. */
  | {
      readonly kind: "absent-or-at-most";
      readonly attribute: string;
      readonly value: string | number;
    };

export type WriteOperation =
  | {
      readonly put: {
        readonly table: TableName;
        readonly item: StoredItem;
        readonly condition?: Condition;
      };
    }
  | {
      readonly delete: {
        readonly table: "care" | "identity";
        readonly pk: string;
        readonly sk: string;
        readonly condition?: Condition;
      };
    }
  | {
      readonly check: {
        readonly table: TableName;
        readonly pk: string;
        readonly sk: string;
        readonly condition: Condition;
      };
    }
  | {
      /** Adds to a numeric attribute (starting at 0) and sets others. */
      readonly add: {
        readonly table: "care" | "identity";
        readonly pk: string;
        readonly sk: string;
        readonly attribute: string;
        readonly by: number;
        readonly set?: Readonly<Record<string, string | number | boolean>>;
        readonly condition?: Condition;
      };
    };

export type IndexName = "byId" | "byWork" | "byQueue";

export type Page = { readonly items: readonly StoredItem[]; readonly next?: string };

/**
 * The store. Reads of items are strongly consistent; index reads may lag and never decide anything.
 *
 * `transact` throws `ConditionFailedError` (with the index of the first failed operation and the item
 * as it stands) when a condition does not hold, `TransactionConflictError` when another transaction
 * was in the way (safe to try again), `StoreUnavailableError` when the outcome is unknown or the
 * store cannot be reached. More than 100 operations throw `TransactionTooLargeError`, an item of more than 400 kB
 * `ItemTooLargeError`; nothing is written then.
 */
export interface Store {
  get(table: TableName, pk: string, sk: string): Promise<StoredItem | undefined>;
  /** Up to 100 items; missing ones are left out. */
  getMany(
    table: TableName,
    keys: readonly { readonly pk: string; readonly sk: string }[],
  ): Promise<readonly StoredItem[]>;
  query(
    table: TableName,
    pk: string,
    options?: {
      readonly skPrefix?: string;
      readonly limit?: number;
      readonly after?: string;
      readonly descending?: boolean;
    },
  ): Promise<Page>;
  /** `partition` and range values are the index attributes named in shared/keys/keys.ts. */
  queryIndex(
    index: IndexName,
    partition: string,
    options?: {
      readonly from?: string;
      readonly to?: string;
      readonly limit?: number;
      readonly after?: string;
    },
  ): Promise<Page>;
  transact(operations: readonly WriteOperation[]): Promise<void>;
}
