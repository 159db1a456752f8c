import * as z from "zod";
import { effectKinds } from "../care/change/effect.ts";
import { instant, type Stored } from "../care/stored/fields.ts";
import { addMinutes } from "../care/time/instants.ts";
import { keys } from "../keys/keys.ts";
import { workPartition } from "../keys/tables.ts";
import type { StoredItem } from "../ports/store.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";
import { writeOperationSchema } from "./write-operation-schema.ts";

/** Minutes after which the sweep carries out an effect that the stream did not. */
export const effectOverdueMinutes = 1;

/** What is owed: by a decision, or the rest of a commit that is larger than a transaction; see `splitChange`. */
const owedEffectSchema = z.discriminatedUnion("kind", [
  ...effectKinds,
  z.object({ kind: z.literal("write-rest"), operations: z.array(writeOperationSchema) }),
]);
export type OwedEffect = Stored<typeof owedEffectSchema>;

const effectSchema = z.object({
  effectId: z.string(),
  siteId: z.string(),
  effect: owedEffectSchema,
  attempts: z.int(),
  /** When the sweep carries it out at the latest. */
  workAt: instant,
});
export type StoredEffect = Stored<typeof effectSchema>;
export const effectForm = storedForm("care", "effect", effectSchema);

/**
 * An effect as it is stored. One of a kind that a newer release wrote is not read: it is kept, tried again and
 * alarmed, never taken for done.
 * @throws {ItemTooNewError} {UnreadableItemError} see `readStored`
 */
export function readEffect(item: StoredItem): StoredEffect {
  return readStored(effectForm, item);
}

/** When an effect was owed, which is what another one that comes of it counts from. */
export function owedAt(stored: StoredEffect): string {
  return addMinutes(stored.workAt, -effectOverdueMinutes);
}

/** An effect owed, written in the transaction that owes it and deleted once carried out. */
export function effectItem(input: {
  readonly pk: string;
  readonly siteId: string;
  readonly effectId: string;
  readonly effect: OwedEffect;
  readonly now: string;
}): StoredItem {
  return {
    ...keys.effect(input.pk, input.effectId),
    schemaVersion: currentVersion(effectForm),
    kind: "effect",
    effectId: input.effectId,
    siteId: input.siteId,
    effect: input.effect,
    attempts: 0,
    workPartition: workPartition(input.siteId, "effect", input.effectId),
    workAt: addMinutes(input.now, effectOverdueMinutes),
  };
}
