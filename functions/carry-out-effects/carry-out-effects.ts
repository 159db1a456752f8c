import * as z from "zod";
import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import { episodeIdOf, itemPrefixes } from "../../shared/keys/keys.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { unpackNested } from "../../shared/store/rules/packed-item.ts";
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

/** The stream's image is looked at for the order alone: the outbox entry itself is read again. */
const heldSchema = z.looseObject({
  json: z.looseObject({ S: z.string() }).optional(),
  packed: z.looseObject({ B: z.base64() }).optional(),
});
const crisisCommand = z.looseObject({ type: z.literal("crisis-words") });
const pageSchema = z.looseObject({ effect: z.looseObject({ kind: z.literal("page") }) });
const crisisSchema = z.looseObject({
  effect: z.union([
    z.looseObject({ command: crisisCommand }),
    // The crisis command comes first of what a text owes.
    z.looseObject({ commands: z.tuple([crisisCommand], z.unknown()) }),
  ]),
});

function urgencyOf(record: OutboxRecord): number {
  const { data } = heldSchema.safeParse(record.dynamodb.NewImage);
  const packed = data?.packed === undefined ? undefined : Buffer.from(data.packed.B, "base64");
  const entry = unpackNested({ json: data?.json?.S, packed });
  if (pageSchema.safeParse(entry).success) return 0;
  return crisisSchema.safeParse(entry).success ? 1 : 2;
}
