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
        readonly SequenceNumber?: string | undefined;
      }
    | undefined;
};
export type BatchAnswer = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };

/**
 * Carries out the effects of a batch of stream records, in order. Stops at the first that fails and
 * hands back from there; the sweep is the net behind the stream.
 */
export async function carryOutEffects(
  deps: EffectDeps & { readonly logger: Logger },
  records: readonly EffectRecord[],
): Promise<BatchAnswer> {
  for (const record of records) {
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
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
}
