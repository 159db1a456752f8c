import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { StreamRecord } from "../dynamodb/stream-poller.ts";
import { DueWork } from "./due-work.ts";

/**
 * When the next item of the due-work index is due: read once at the start, then kept true from the
 * change stream, so that moving time does not have to ask every shard at every step.
 */
export class WorkIndex {
  readonly #due = new DueWork();

  /** Reads the index as it stands. */
  async fill(client: DynamoDBDocumentClient, tableName: string): Promise<void> {
    this.#due.clear();
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
        const { workPartition: partition, workAt } = item;
        if (typeof partition === "string" && typeof workAt === "string")
          this.#due.set(String(item.pk), String(item.sk), { partition, workAt });
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  /** Takes over what a change of the care table says. */
  apply(record: StreamRecord): void {
    const { Keys, NewImage } = record.dynamodb ?? {};
    const image = record.eventName === "REMOVE" ? undefined : NewImage;
    const [partition, workAt] = [image?.workPartition?.S, image?.workAt?.S];
    this.#due.set(
      Keys?.pk?.S ?? "",
      Keys?.sk?.S ?? "",
      partition === undefined || workAt === undefined ? undefined : { partition, workAt },
    );
  }

  /** Another number whenever something may have changed. */
  get changes(): number {
    return this.#due.changes;
  }

  /** By partition, when its earliest item is due, epoch milliseconds. */
  dueAt(): ReadonlyMap<string, number> {
    return this.#due.dueAt();
  }
}
