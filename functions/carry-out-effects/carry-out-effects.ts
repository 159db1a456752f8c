import type { Logger } from "../../shared/ports/logger.ts";
import { carryOutEffect, type EffectDeps } from "../../shared/services/carry-out-effect.ts";

/** The part of a DynamoDB stream record that is used; what the item holds is read again. */
export type EffectRecord = {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | {
        readonly Keys?:
          | { readonly pk?: { readonly S?: string }; readonly sk?: { readonly S?: string } }
          | undefined;
        readonly NewImage?:
          | { readonly effect?: { readonly M?: { readonly kind?: { readonly S?: string } } } }
          | undefined;
        readonly SequenceNumber?: string | undefined;
      }
    | undefined;
};
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
      !sk.startsWith("EFFECT#")
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

function isPage(record: EffectRecord): boolean {
  return record.dynamodb?.NewImage?.effect?.M?.kind?.S === "page";
}
