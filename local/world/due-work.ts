/** When the next item of each partition of the due-work index is due, kept true from what the change stream tells. */
export class DueWork {
  readonly #items = new Map<string, { readonly partition: string; readonly workAt: string }>();

  clear(): void {
    this.#items.clear();
  }

  /** @param work - in which partition and when the item is due; `undefined` takes it off */
  set(
    pk: string,
    sk: string,
    work: { readonly partition: string; readonly workAt: string } | undefined,
  ): void {
    if (work === undefined) this.#items.delete(`${pk} ${sk}`);
    else this.#items.set(`${pk} ${sk}`, work);
  }

  /** By partition, when its earliest item is due, epoch milliseconds. */
  dueAt(): ReadonlyMap<string, number> {
    const earliest = new Map<string, string>();
    for (const { partition, workAt } of this.#items.values()) {
      const known = earliest.get(partition);
      if (known === undefined || workAt < known) earliest.set(partition, workAt);
    }
    return new Map([...earliest].map(([partition, workAt]) => [partition, Date.parse(workAt)]));
  }
}
