import * as z from "zod";
import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import { itemPrefixes } from "../../shared/keys/keys.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { carryOutEffect, type EffectDeps } from "../../workflows/run/carry-out-effect.ts";

/** What the stream of the care table reports about a new effect. */
export type EffectRecord = TableStreamRecord;
export type BatchAnswer = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };

/**
 * Carries out the effects of a batch of stream records, pages first: what somebody's safety needs neither
 * waits for an effect that fails nor for the time it takes to fail. Hands back what failed; what was
 * carried out is gone from the table and is not carried out again. The sweep is the net behind the stream.
 */
export async function carryOutEffects(
  deps: EffectDeps & { readonly logger: Logger },
  records: readonly EffectRecord[],
): Promise<BatchAnswer> {
  const failed: BatchAnswer["batchItemFailures"] = [];
  const pages = records.filter(isPage);
  const others = records.filter((record) => !isPage(record));
  for (const record of [...pages, ...others]) {
    const pk = record.dynamodb?.Keys?.pk?.S;
    const sk = record.dynamodb?.Keys?.sk?.S;
    if (
      record.eventName !== "INSERT" ||
      pk === undefined ||
      sk === undefined ||
      !sk.startsWith(itemPrefixes.effect)
    )
      continue;
    try {
      await carryOutEffect(deps, { pk, sk });
    } catch (error) {
      deps.logger.error("An effect could not be carried out", { effectKey: sk, error });
      failed.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" });
    }
  }
  return { batchItemFailures: failed };
}

/** The stream's image is looked at for the order alone: the effect itself is read again. */
const pageImageSchema = z.looseObject({
  effect: z.looseObject({ M: z.looseObject({ kind: z.looseObject({ S: z.literal("page") }) }) }),
});

function isPage(record: EffectRecord): boolean {
  return pageImageSchema.safeParse(record.dynamodb?.NewImage).success;
}
