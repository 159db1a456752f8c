import type { Effect } from "../care/change/change.ts";
import { addMinutes } from "../care/time/instants.ts";
import { keys } from "../keys/keys.ts";
import { workPartition } from "../keys/tables.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";

/** Minutes after which the sweep carries out an effect that the stream did not. */
export const effectOverdueMinutes = 1;

/** What is stored beside a commit that is larger than a transaction; see `splitChange`. */
export type RestOfChange = {
  readonly kind: "write-rest";
  readonly operations: readonly WriteOperation[];
};
export type OwedEffect = Effect | RestOfChange;

export type StoredEffect = {
  readonly effectId: string;
  readonly siteId: string;
  readonly effect: OwedEffect;
  readonly attempts: number;
  /** When the sweep carries it out at the latest; RFC 3339 UTC. */
  readonly workAt: string;
};

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
