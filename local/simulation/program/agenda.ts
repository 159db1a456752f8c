type Entry = { readonly atMs: number; readonly order: number; readonly act: () => Promise<void> };

/** What people are going to do, in the order of time; what is due at the same instant, in the order it was noted. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #noted = 0;

  note(at: string, act: () => Promise<void>): void {
    this.#noted += 1;
    this.#push({ atMs: Date.parse(at), order: this.#noted, act });
  }

  nextAtMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** The first act that is due; `undefined` where none is. */
  takeDue(nowMs: number): (() => Promise<void>) | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first.act;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    heap.push(entry);
    let at = heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.#heap.length && this.#isBefore(left, least)) least = left;
      if (right < this.#heap.length && this.#isBefore(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [left, right] = [this.#heap[one], this.#heap[other]];
    if (left === undefined || right === undefined) return false;
    return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
  }

  #swap(one: number, other: number): void {
    const [left, right] = [this.#heap[one], this.#heap[other]];
    if (left === undefined || right === undefined) return;
    this.#heap[one] = right;
    this.#heap[other] = left;
  }
}
