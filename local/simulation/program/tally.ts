/** What is counted in a simulation: rows of numbers under their names, which add up group by group. */
export type Row = Readonly<Record<string, string | number>>;

/** The parts of the result, each with the names its rows are told apart by. */
export const parts = {
  endings: ["siteId", "course", "status"],
  messages: ["templateId", "channel"],
  /** What staff did, by the week after the referral in which they did it. */
  work: ["weekOfLife", "siteId", "staffFunction", "kind"],
  sessions: ["siteId", "week", "modality"],
  alerts: ["tier"],
  leftOpen: ["kind"],
  problems: ["sentence"],
} as const;
export type Part = keyof typeof parts;

/** Adds up numbers by name; two tallies of two halves are the tally of the whole. */
export class Tally {
  readonly #rows = new Map<string, Record<string, string | number>>();

  /** @param names - in the order of {@link parts} */
  add(part: Part, names: readonly (string | number)[], counts: Readonly<Record<string, number>>) {
    const key = JSON.stringify([part, ...names]);
    const row =
      this.#rows.get(key) ??
      Object.fromEntries(parts[part].map((name, index) => [name, names[index] ?? ""]));
    for (const [name, count] of Object.entries(counts)) row[name] = Number(row[name] ?? 0) + count;
    this.#rows.set(key, row);
  }

  /** Adds the rows of another tally, as {@link toRows} gave them. */
  addRows(all: Readonly<Record<Part, readonly Row[]>>): void {
    for (const part of Object.keys(parts) as Part[]) {
      for (const row of all[part]) {
        const names = parts[part].map((name) => row[name] ?? "");
        const counts = Object.entries(row).flatMap(([name, count]) =>
          typeof count === "number" && !(parts[part] as readonly string[]).includes(name)
            ? [[name, count] as const]
            : [],
        );
        this.add(part, names, Object.fromEntries(counts));
      }
    }
  }

  /** By part, in the order of their names: the same counts are the same bytes. */
  toRows(): Readonly<Record<Part, readonly Row[]>> {
    const rows = Object.fromEntries(
      Object.keys(parts).map((part): [string, Row[]] => [part, []]),
    ) as Record<Part, Row[]>;
    for (const key of [...this.#rows.keys()].toSorted()) {
      const [part] = JSON.parse(key) as [Part];
      const row = this.#rows.get(key);
      if (row !== undefined) rows[part].push(row);
    }
    return rows;
  }
}
