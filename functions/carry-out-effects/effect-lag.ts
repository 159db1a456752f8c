import { itemPrefixes } from "../../shared/keys/keys.ts";
import type { BatchAnswer, OutboxRecord } from "./carry-out-effects.ts";

/**
 * How late the latest of the outbox entries was that a batch carried out: seconds from the commit that owed it, as
 * the stream dates it, to now. What failed is not carried out yet and counts with the batch that does it.
 * @param now - RFC 3339
 * @returns undefined where the batch carried out nothing that has a date
 */
export function outboxLagSeconds(
  records: readonly OutboxRecord[],
  { batchItemFailures }: BatchAnswer,
  now: string,
): number | undefined {
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const owedSince = records.flatMap(({ eventName, dynamodb }) => {
    const isDone =
      eventName === "INSERT" &&
      dynamodb.Keys.sk.S.startsWith(itemPrefixes.effect) &&
      !failed.has(dynamodb.SequenceNumber);
    return isDone ? (dynamodb.ApproximateCreationDateTime ?? []) : [];
  });
  if (owedSince.length === 0) return undefined;
  // The service rounds its dates, so one may lie a moment ahead.
  return Math.max(0, Date.parse(now) / 1000 - Math.min(...owedSince));
}
