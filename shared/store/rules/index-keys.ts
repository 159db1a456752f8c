import { StoreMisuseError } from "../../errors/store-misuse-error.ts";
import { tables } from "../../keys/keys.ts";
import type { IndexName } from "../../ports/store.ts";

/** How an index is keyed. */
export type IndexKeys = {
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
  /** What a position in it names: the index's own keys, then the item's. */
  readonly positionAttributes: readonly string[];
};

/** The key attributes of an index, and those that say where a page of it ended. */
export function indexKeys(index: IndexName): IndexKeys {
  const { partitionKey, sortKey } = tables.care.indexes[index];
  const own = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
  return { partitionKey, sortKey, positionAttributes: [...own, "pk", "sk"] };
}

/** @throws {StoreMisuseError} when a range is asked of an index that has no order */
export function checkRange(
  index: IndexName,
  range: { readonly from?: string; readonly to?: string },
): void {
  if (indexKeys(index).sortKey === undefined && (range.from ?? range.to) !== undefined) {
    throw new StoreMisuseError("This index has no range", { index });
  }
}
