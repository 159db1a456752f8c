import * as z from "zod";
import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import { episodeIdOf, itemPrefixes } from "../../shared/keys/keys.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { carryOutEffect, type EffectDeps } from "../../workflows/run/carry-out-effect.ts";

/** What the stream of the care table reports about a new effect. */
export type EffectRecord = TableStreamRecord;
export type BatchAnswer = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };

/**
 * Carries out the effects of a batch of stream records, pages first and then words of crisis, which
 * become pages: what somebody's safety needs neither waits for an effect that fails nor for the time it takes to fail. Hands back what failed; what was
 * carried out is gone from the table and is not carried out again. The sweep is the net behind the stream.
 */
export async function carryOutEffects(
  deps: EffectDeps & { readonly logger: Logger },
  records: readonly EffectRecord[],
): Promise<BatchAnswer> {
  const failed: BatchAnswer["batchItemFailures"] = [];
  const inOrder = records.toSorted((left, right) => urgencyOf(left) - urgencyOf(right));
  for (const record of inOrder) {
    const pk = record.dynamodb?.Keys?.pk?.S;
    const sk = record.dynamodb?.Keys?.sk?.S;
    if (pk === undefined || sk === undefined) {
      // No success: given again, then kept in the queue of what failed.
      deps.logger.error("A change of the table has no key", { code: "malformed" });
      failed.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" });
      continue;
    }
    if (record.eventName !== "INSERT" || !sk.startsWith(itemPrefixes.effect)) continue;
    try {
      await carryOutEffect(deps, { pk, sk });
    } catch (error) {
      deps.logger.error("An effect could not be carried out", {
        episodeId: episodeIdOf(pk) ?? "none",
        effectKey: sk,
        error,
      });
      failed.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" });
    }
  }
  return { batchItemFailures: failed };
}

const wireText = (value: string) => z.looseObject({ S: z.literal(value) });
const crisisCommand = z.looseObject({
  M: z.looseObject({ type: wireText("crisis-words") }),
});
const imageOf = <Effect extends z.ZodType>(effect: Effect) =>
  z.looseObject({ effect: z.looseObject({ M: effect }) });

/** The stream's image is looked at for the order alone: the effect itself is read again. */
const pageImageSchema = imageOf(z.looseObject({ kind: wireText("page") }));
const crisisImageSchema = z.union([
  imageOf(z.looseObject({ command: crisisCommand })),
  // The crisis command comes first of what a text owes.
  imageOf(z.looseObject({ commands: z.looseObject({ L: z.tuple([crisisCommand], z.unknown()) }) })),
]);

function urgencyOf(record: EffectRecord): number {
  const image = record.dynamodb?.NewImage;
  if (pageImageSchema.safeParse(image).success) return 0;
  return crisisImageSchema.safeParse(image).success ? 1 : 2;
}
