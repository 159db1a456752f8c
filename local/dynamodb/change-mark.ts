import { DatabaseSync } from "node:sqlite";

/** A number that is another one whenever something was written to the database in between. */
export interface ChangeMark {
  read(): number;
  close(): void;
}

/**
 * Looks at the database's file itself, in microseconds: asking the server for the changes of a stream that has none
 * would be a third of all its requests.
 * @param file - the database that a running server works on
 */
export function openChangeMark(file: string): ChangeMark {
  const database = new DatabaseSync(file, { timeout: 5000 });
  // SQLite counts the commits of other connections than this one.
  const version = database.prepare("PRAGMA data_version");
  return {
    read: () => Number(version.get()?.data_version),
    close: () => database.close(),
  };
}
