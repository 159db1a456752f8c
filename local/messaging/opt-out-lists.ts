import type { DatabaseSync } from "node:sqlite";

/** One number on an opt-out list. */
export interface OptedOutNumber {
  readonly number: string;
  /** Virtual instant, RFC 3339. */
  readonly since: string;
}

/** The phone provider's opt-out lists. */
export class OptOutLists {
  readonly #database: DatabaseSync;
  readonly #now: () => string;

  constructor(database: DatabaseSync, now: () => string) {
    this.#database = database;
    this.#now = now;
  }

  /** Lists a number and returns it; one that is listed already keeps its instant. */
  put(list: string, number: string): OptedOutNumber {
    this.#database
      .prepare("INSERT OR IGNORE INTO opted_out_numbers (list, number, since) VALUES (?, ?, ?)")
      .run(list, number, this.#now());
    return this.find(list, number) ?? { number, since: this.#now() };
  }

  /** Takes a number off and returns it as it was, undefined where it was not listed. */
  delete(list: string, number: string): OptedOutNumber | undefined {
    const found = this.find(list, number);
    this.#database
      .prepare("DELETE FROM opted_out_numbers WHERE list = ? AND number = ?")
      .run(list, number);
    return found;
  }

  find(list: string, number: string): OptedOutNumber | undefined {
    return this.all(list).find((entry) => entry.number === number);
  }

  /** All numbers of a list, by number. */
  all(list: string): OptedOutNumber[] {
    return this.#database
      .prepare("SELECT number, since FROM opted_out_numbers WHERE list = ? ORDER BY number")
      .all(list)
      .map((row) => ({ number: String(row.number), since: String(row.since) }));
  }

  /** True where any list holds the number. */
  isOnAny(number: string): boolean {
    return (
      this.#database.prepare("SELECT 1 FROM opted_out_numbers WHERE number = ?").get(number) !==
      undefined
    );
  }

  clear(): void {
    this.#database.exec("DELETE FROM opted_out_numbers");
  }
}
