import type { StoredItem } from "../../ports/store.ts";
import { insertSorted, lowerBound, removeSorted } from "./sorted-texts.ts";

/** Items by name, and their names in order once somebody asked for the order. */
class Shelf {
  readonly items = new Map<string, StoredItem>();
  #order: string[] | undefined;

  set(name: string, item: StoredItem): void {
    if (this.#order !== undefined && !this.items.has(name)) insertSorted(this.#order, name);
    this.items.set(name, item);
  }

  delete(name: string): void {
    if (!this.items.delete(name)) return;
    if (this.#order !== undefined) removeSorted(this.#order, name);
  }

  get order(): readonly string[] {
    this.#order ??= [...this.items.keys()].sort();
    return this.#order;
  }
}

/** What to read of one partition; bounds are included, `after` is not. */
export type ShelfRange = {
  readonly from?: string;
  /** The first name that is too far. */
  readonly before?: string;
  readonly after?: string;
  readonly limit?: number;
  readonly descending?: boolean;
};

/** Items in partitions, in order of their names; serves a table and, as well, each of its indexes. */
export class MemoryTable {
  readonly #shelves = new Map<string, Shelf>();

  get(partition: string, name: string): StoredItem | undefined {
    return this.#shelves.get(partition)?.items.get(name);
  }

  set(partition: string, name: string, item: StoredItem): void {
    let shelf = this.#shelves.get(partition);
    if (shelf === undefined) {
      shelf = new Shelf();
      this.#shelves.set(partition, shelf);
    }
    shelf.set(name, item);
  }

  delete(partition: string, name: string): void {
    const shelf = this.#shelves.get(partition);
    if (shelf === undefined) return;
    shelf.delete(name);
    if (shelf.items.size === 0) this.#shelves.delete(partition);
  }

  /** The items of a partition in order, and whether there are more. */
  read(
    partition: string,
    range: ShelfRange,
  ): { readonly items: readonly StoredItem[]; readonly more: boolean } {
    const shelf = this.#shelves.get(partition);
    if (shelf === undefined) return { items: [], more: false };
    const order = shelf.order;
    let low = range.from === undefined ? 0 : lowerBound(order, range.from);
    let high = range.before === undefined ? order.length : lowerBound(order, range.before);
    if (range.after !== undefined) {
      if (range.descending === true) high = Math.min(high, lowerBound(order, range.after));
      else low = Math.max(low, lowerBound(order, range.after, true));
    }
    const count = Math.max(0, Math.min(high - low, range.limit ?? Number.POSITIVE_INFINITY));
    const names =
      range.descending === true
        ? order.slice(high - count, high).reverse()
        : order.slice(low, low + count);
    return {
      items: names.flatMap((name) => shelf.items.get(name) ?? []),
      more: count < high - low,
    };
  }

  all(): readonly StoredItem[] {
    return [...this.#shelves.values()].flatMap((shelf) => [...shelf.items.values()]);
  }
}
