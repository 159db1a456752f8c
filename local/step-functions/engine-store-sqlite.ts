import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { EngineStore } from "./engine-store.ts";
import type { HistoryEvent, ListExecutionsInput } from "./engine-types.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { MachineRecord } from "./machine-record.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS machines (arn TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definitions (hash TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS executions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  arn TEXT NOT NULL UNIQUE,
  machine_arn TEXT NOT NULL,
  version_arn TEXT,
  alias_arn TEXT,
  status TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status, number);
CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine_arn, number);
CREATE TABLE IF NOT EXISTS events (
  arn TEXT NOT NULL, id INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (arn, id)
) WITHOUT ROWID;
`;

/**
 * Keeps everything in one SQLite file. The write-ahead log is written before a call returns, so
 * what was saved outlives `kill -9`; a power failure may take the last moments with it.
 */
export class SqliteEngineStore implements EngineStore {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens the file, or makes it. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    this.#database.exec("PRAGMA busy_timeout = 5000");
    this.#database.exec(SCHEMA);
  }

  loadMachines(): MachineRecord[] {
    const rows = this.#sql("SELECT record AS text FROM machines ORDER BY arn").all();
    return rows.map((row) => JSON.parse(String(row.text)) as MachineRecord);
  }

  saveMachine(machine: MachineRecord): void {
    this.#sql("INSERT OR REPLACE INTO machines (arn, record) VALUES (?, ?)").run(
      machine.arn,
      JSON.stringify(machine),
    );
  }

  deleteMachine(arn: string): void {
    this.#sql("DELETE FROM machines WHERE arn = ?").run(arn);
  }

  saveDefinition(hash: string, text: string): void {
    this.#sql("INSERT OR IGNORE INTO definitions (hash, text) VALUES (?, ?)").run(hash, text);
  }

  loadDefinition(hash: string): string | undefined {
    const row = this.#sql("SELECT text FROM definitions WHERE hash = ?").get(hash);
    return row === undefined ? undefined : String(row.text);
  }

  loadRunningExecutions(): ExecutionRecord[] {
    return recordsOf(
      this.#sql(
        "SELECT number, record AS text FROM executions WHERE status = 'RUNNING' ORDER BY number",
      ).all(),
    );
  }

  getExecution(arn: string): ExecutionRecord | undefined {
    return recordsOf(
      this.#sql("SELECT number, record AS text FROM executions WHERE arn = ?").all(arn),
    )[0];
  }

  saveExecution(record: ExecutionRecord, newEvents: readonly HistoryEvent[]): void {
    if (newEvents.length === 0) {
      this.#upsert(record);
      return;
    }
    this.#together(() => {
      this.#upsert(record);
      const insert = this.#sql("INSERT OR REPLACE INTO events (arn, id, event) VALUES (?, ?, ?)");
      for (const event of newEvents) insert.run(record.arn, event.id, JSON.stringify(event));
    });
  }

  listExecutions(filter: ListExecutionsInput): ExecutionRecord[] {
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    if (filter.stateMachineArn !== undefined) {
      conditions.push("(machine_arn = ? OR version_arn = ? OR alias_arn = ?)");
      values.push(filter.stateMachineArn, filter.stateMachineArn, filter.stateMachineArn);
    }
    if (filter.statusFilter !== undefined) {
      conditions.push("status = ?");
      values.push(filter.statusFilter);
    }
    if (filter.startedBefore !== undefined) {
      conditions.push("number < ?");
      values.push(filter.startedBefore);
    }
    values.push(filter.limit ?? -1);
    const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
    return recordsOf(
      this.#sql(
        `SELECT number, record AS text FROM executions ${where} ORDER BY number DESC LIMIT ?`,
      ).all(...values),
    );
  }

  loadHistory(arn: string): HistoryEvent[] {
    const rows = this.#sql("SELECT event AS text FROM events WHERE arn = ? ORDER BY id").all(arn);
    return rows.map((row) => JSON.parse(String(row.text)) as HistoryEvent);
  }

  deleteExecution(arn: string): void {
    this.#together(() => {
      this.#sql("DELETE FROM executions WHERE arn = ?").run(arn);
      this.#sql("DELETE FROM events WHERE arn = ?").run(arn);
    });
  }

  deleteAllExecutions(): void {
    this.#together(() => {
      this.#sql("DELETE FROM executions").run();
      this.#sql("DELETE FROM events").run();
    });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #upsert(record: ExecutionRecord): void {
    const row = this.#sql(
      `INSERT INTO executions (arn, machine_arn, version_arn, alias_arn, status, record)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (arn) DO UPDATE SET status = excluded.status, record = excluded.record
       RETURNING number`,
    ).get(
      record.arn,
      record.machineArn,
      record.versionArn ?? null,
      record.aliasArn ?? null,
      record.status,
      JSON.stringify(record),
    );
    record.startOrder = Number(row?.number);
  }

  #together(write: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      write();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #sql(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

function recordsOf(rows: readonly Record<string, unknown>[]): ExecutionRecord[] {
  return rows.map((row) => ({
    ...(JSON.parse(String(row.text)) as ExecutionRecord),
    startOrder: Number(row.number),
  }));
}
