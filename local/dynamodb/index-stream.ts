import { DatabaseSync } from "node:sqlite";

const dayMs = 86_400_000;

/**
 * Keeps the database quick while its change stream grows. For every write the server looks for the
 * stream's highest number by reading all of its records, which hold whole items: with the demonstration's
 * ten thousand that is 40 ms a write. The two indexes make it a look-up. Records older than a day go, as
 * they do in DynamoDB.
 *
 * Changes nothing where the server keeps its stream in another way: it is then as slow as it was.
 * @param file - the database that a running server works on
 * @param now - epoch milliseconds of the machine's own clock, which the server stamps records with
 * @returns true where the stream has its indexes now
 */
export function indexStream(file: string, now: number): boolean {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    const columns = database
      .prepare("SELECT name FROM pragma_table_info('_stream_records')")
      .all()
      .map(({ name }) => String(name));
    const needed = ["table_name", "shard_id", "sequence_number", "created_at"];
    if (!needed.every((column) => columns.includes(column))) return false;
    database.exec(
      `CREATE INDEX IF NOT EXISTS throughcare_stream_highest
         ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
       CREATE INDEX IF NOT EXISTS throughcare_stream_position
         ON _stream_records (table_name, shard_id, sequence_number)`,
    );
    // The last record of each table stays: the server counts on from it.
    database
      .prepare(
        `DELETE FROM _stream_records WHERE created_at < ?
           AND id NOT IN (SELECT MAX(id) FROM _stream_records GROUP BY table_name)`,
      )
      .run(Math.floor((now - dayMs) / 1000));
    return true;
  } finally {
    database.close();
  }
}
