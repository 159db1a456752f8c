type Work = { readonly partition: string; readonly workAt: string };

/** When the next item of each partition of the due-work index is due, kept true from what the change stream tells. */
export class DueWork {
  /** By partition key, then by sort key, of the item. */
  readonly #items = new Map<string, Map<string, Work>>();
  /** By partition, what stands in it, by item. */
  readonly #partitions = new Map<string, Map<string, string>>();
  /** By partition, when its earliest item is due; a partition that changed is left out until somebody asks. */
  readonly #dueAt = new Map<string, number>();

  #changes = 0;

  /** Another number whenever something may have changed. */
  get changes(): number {
    return this.#changes;
  }

  clear(): void {
    this.#changes += 1;
    this.#items.clear();
    this.#partitions.clear();
    this.#dueAt.clear();
  }

  /** @param work - in which partition and when the item is due; `undefined` takes it off */
  set(pk: string, sk: string, work: Work | undefined): void {
    const items = this.#items.get(pk) ?? new Map<string, Work>();
    const before = items.get(sk);
    // Most of what changes is no work.
    if (before === undefined && work === undefined) return;
    this.#changes += 1;
    const name = `${pk} ${sk}`;
    if (before !== undefined) {
      this.#partitions.get(before.partition)?.delete(name);
      this.#dueAt.delete(before.partition);
      items.delete(sk);
    }
    if (work === undefined) return;
    const partition = this.#partitions.get(work.partition) ?? new Map<string, string>();
    partition.set(name, work.workAt);
    this.#partitions.set(work.partition, partition);
    this.#dueAt.delete(work.partition);
    items.set(sk, work);
    this.#items.set(pk, items);
  }

  /** By partition, when its earliest item is due, epoch milliseconds. */
  dueAt(): ReadonlyMap<string, number> {
    for (const [partition, items] of this.#partitions) {
      if (items.size === 0) this.#partitions.delete(partition);
      else if (!this.#dueAt.has(partition)) this.#dueAt.set(partition, earliest(items.values()));
    }
    return this.#dueAt;
  }
}

/** Instants are all written alike, so the first of them by letters is the first by time. */
function earliest(instants: Iterable<string>): number {
  let first: string | undefined;
  for (const instant of instants) if (first === undefined || instant < first) first = instant;
  return Date.parse(first ?? "");
}
