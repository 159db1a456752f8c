import type { Effect } from "../care/change/change.ts";
import { addMinutes } from "../care/time/instants.ts";
import { keys } from "../keys/keys.ts";
import { workPartition } from "../keys/tables.ts";
import type { StoredItem } from "../ports/store.ts";

/** Minutes after which the sweep carries out an effect that the stream did not. */
export const effectOverdueMinutes = 1;

export type StoredEffect = {
  readonly effectId: string;
  readonly siteId: string;
  readonly effect: Effect;
  readonly attempts: number;
};

/** An effect owed, written in the transaction that owes it and deleted once carried out. */
export function effectItem(input: {
  readonly pk: string;
  readonly siteId: string;
  readonly effectId: string;
  readonly effect: Effect;
  readonly now: string;
}): StoredItem {
  return {
    ...keys.effect(input.pk, input.effectId),
    schemaVersion: 1,
    kind: "effect",
    effectId: input.effectId,
    siteId: input.siteId,
    effect: input.effect,
    attempts: 0,
    workPartition: workPartition(input.siteId, "effect", input.effectId),
    workAt: addMinutes(input.now, effectOverdueMinutes),
  };
}
