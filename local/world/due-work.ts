/** When the next item of the due-work index is due, kept true from what the change stream tells. */
export class DueWork {
  readonly #dueAt = new Map<string, string>();

  clear(): void {
    this.#dueAt.clear();
  }

  /** @param workAt - when the item is due; `undefined` takes it off */
  set(pk: string, sk: string, workAt: string | undefined): void {
    if (workAt === undefined) this.#dueAt.delete(`${pk} ${sk}`);
    else this.#dueAt.set(`${pk} ${sk}`, workAt);
  }

  /** Epoch milliseconds of the earliest due item. */
  nextDueAt(): number | undefined {
    let earliest: string | undefined;
    for (const at of this.#dueAt.values())
      if (earliest === undefined || at < earliest) earliest = at;
    return earliest === undefined ? undefined : Date.parse(earliest);
  }
}
