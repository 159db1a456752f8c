import type { DatabaseSync } from "node:sqlite";

/** The mail provider's account suppression list: addresses that bounced or complained. */
export class SuppressionList {
  readonly #database: DatabaseSync;
  readonly #now: () => string;

  constructor(database: DatabaseSync, now: () => string) {
    this.#database = database;
    this.#now = now;
  }

  /** Lists an address; one that is listed already keeps its first reason. */
  add(address: string, reason: "BOUNCE" | "COMPLAINT"): void {
    this.#database
      .prepare(
        "INSERT OR IGNORE INTO suppressed_addresses (address, reason, since) VALUES (?, ?, ?)",
      )
      .run(address.toLowerCase(), reason, this.#now());
  }

  has(address: string): boolean {
    const found = this.#database
      .prepare("SELECT 1 FROM suppressed_addresses WHERE address = ?")
      .get(address.toLowerCase());
    return found !== undefined;
  }

  remove(address: string): void {
    this.#database
      .prepare("DELETE FROM suppressed_addresses WHERE address = ?")
      .run(address.toLowerCase());
  }

  clear(): void {
    this.#database.exec("DELETE FROM suppressed_addresses");
  }
}
