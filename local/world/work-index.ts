import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { StreamRecord } from "../dynamodb/stream-poller.ts";

/**
 * When the next item of the due-work index is due: read once at the start, then kept true from the
 * change stream, so that moving time does not have to ask every shard at every step.
 */
export class WorkIndex {
  readonly #dueAt = new Map<string, string>();

  /** Reads the index as it stands. */
  async fill(client: DynamoDBDocumentClient, tableName: string): Promise<void> {
    this.#dueAt.clear();
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: tableName,
          IndexName: "byWork",
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) {
        if (typeof item.workAt === "string") this.#dueAt.set(`${item.pk} ${item.sk}`, item.workAt);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  /** Takes over what a change of the care table says. */
  apply(record: StreamRecord): void {
    const key = `${record.dynamodb?.Keys?.pk?.S} ${record.dynamodb?.Keys?.sk?.S}`;
    const workAt = record.dynamodb?.NewImage?.workAt?.S;
    if (record.eventName === "REMOVE" || workAt === undefined) this.#dueAt.delete(key);
    else this.#dueAt.set(key, workAt);
  }

  /** Epoch milliseconds of the earliest due item. */
  nextDueAt(): number | undefined {
    let earliest: string | undefined;
    for (const at of this.#dueAt.values())
      if (earliest === undefined || at < earliest) earliest = at;
    return earliest === undefined ? undefined : Date.parse(earliest);
  }
}
