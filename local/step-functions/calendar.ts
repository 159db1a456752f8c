interface Entry<Item> {
  readonly at: number;
  readonly order: number;
  readonly item: Item;
}

/**
 * Due times in order, earliest first; equal times in the order they were noted. An item may be
 * noted again at another time: `isCurrent` tells which of its notes still counts.
 */
export class Calendar<Item> {
  readonly #heap: Entry<Item>[] = [];
  readonly #isCurrent: (item: Item, at: number) => boolean;
  #noted = 0;

  constructor(isCurrent: (item: Item, at: number) => boolean) {
    this.#isCurrent = isCurrent;
  }

  note(item: Item, at: number): void {
    this.#noted += 1;
    const heap = this.#heap;
    heap.push({ at, order: this.#noted, item });
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) break;
      index = parent;
    }
  }

  /** The earliest time that still counts. */
  nextAt(): number | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#isCurrent(first.item, first.at)) return first.at;
      this.#removeFirst();
    }
    return undefined;
  }

  /** Takes out the earliest item that is due by then. */
  takeDue(now: number): Item | undefined {
    const at = this.nextAt();
    if (at === undefined || at > now) return undefined;
    const item = this.#heap[0]?.item;
    this.#removeFirst();
    return item;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const child = this.#isEarlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    if (!this.#isEarlier(lower, upper)) return false;
    const [one, other] = [this.#heap[lower], this.#heap[upper]];
    if (one === undefined || other === undefined) return false;
    this.#heap[upper] = one;
    this.#heap[lower] = other;
    return true;
  }

  #isEarlier(left: number, right: number): boolean {
    const [one, other] = [this.#heap[left], this.#heap[right]];
    if (one === undefined) return false;
    if (other === undefined) return true;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }
}
