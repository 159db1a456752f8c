import * as z from "zod";
import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import { episodeIdOf, itemPrefixes } from "../../shared/keys/keys.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import {
  carryOutOutboxEntry,
  type OutboxDeps,
} from "../../workflows/run/carry-out-outbox-entry.ts";

/** What the stream of the care table reports about a new effect. */
export type OutboxRecord = TableStreamRecord;
export type BatchAnswer = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };

/**
 * Carries out the outbox entries of a batch of stream records, pages first and then words of crisis, which
 * become pages: what somebody's safety needs neither waits for an outbox entry that fails nor for the time it takes
 * to fail. Hands back what failed; what was carried out is gone from the table and is not carried out again. The
 * sweep is the net behind the stream.
 */
export async function carryOutOutbox(
  deps: OutboxDeps & { readonly logger: Logger },
  records: readonly OutboxRecord[],
): Promise<BatchAnswer> {
  const failed: BatchAnswer["batchItemFailures"] = [];
  const inOrder = records.toSorted((left, right) => urgencyOf(left) - urgencyOf(right));
  for (const record of inOrder) {
    const pk = record.dynamodb.Keys.pk.S;
    const sk = record.dynamodb.Keys.sk.S;
    if (record.eventName !== "INSERT" || !sk.startsWith(itemPrefixes.effect)) continue;
    try {
      await carryOutOutboxEntry(deps, { pk, sk });
    } catch (error) {
      deps.logger.error("An outbox entry could not be carried out", {
        episodeId: episodeIdOf(pk) ?? "none",
        effectKey: sk,
        error,
      });
      failed.push({ itemIdentifier: record.dynamodb.SequenceNumber });
    }
  }
  return { batchItemFailures: failed };
}

const wireText = (value: string) => z.looseObject({ S: z.literal(value) });
const crisisCommand = z.looseObject({
  M: z.looseObject({ type: wireText("crisis-words") }),
});
const imageOf = <Effect extends z.ZodType>(entry: Effect) =>
  z.looseObject({ effect: z.looseObject({ M: entry }) });

/** The stream's image is looked at for the order alone: the outbox entry itself is read again. */
const pageImageSchema = imageOf(z.looseObject({ kind: wireText("page") }));
const crisisImageSchema = z.union([
  imageOf(z.looseObject({ command: crisisCommand })),
  // The crisis command comes first of what a text owes.
  imageOf(z.looseObject({ commands: z.looseObject({ L: z.tuple([crisisCommand], z.unknown()) }) })),
]);

function urgencyOf(record: OutboxRecord): number {
  const image = record.dynamodb.NewImage;
  if (pageImageSchema.safeParse(image).success) return 0;
  return crisisImageSchema.safeParse(image).success ? 1 : 2;
}
