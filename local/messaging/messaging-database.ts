import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const TABLES = `
  CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    participant_id TEXT,
    provider_message_id TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    status TEXT NOT NULL,
    entry TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS outbox_by_recipient ON outbox (recipient, position);
  CREATE INDEX IF NOT EXISTS outbox_by_participant ON outbox (participant_id, position);
  CREATE TABLE IF NOT EXISTS suppressed_addresses (
    address TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    since TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS opted_out_numbers (
    list TEXT NOT NULL,
    number TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (list, number)
  );
`;

/** Opens what the mail and phone capture keep: `outbox.db` in the data folder, or memory without one. */
export function openMessagingDatabase(dataFolder?: string): DatabaseSync {
  if (dataFolder !== undefined) mkdirSync(dataFolder, { recursive: true });
  const database = new DatabaseSync(
    dataFolder === undefined ? ":memory:" : join(dataFolder, "outbox.db"),
  );
  // With a write-ahead log each statement survives a killed process without waiting for the disk.
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;",
  );
  database.exec(TABLES);
  return database;
}
