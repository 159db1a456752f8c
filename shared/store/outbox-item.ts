import * as z from "zod";
import { outboxEntryKinds } from "../care/change/outbox-entry.ts";
import { instant, type Stored } from "../care/stored/fields.ts";
import { addMinutes } from "../care/time/instants.ts";
import { keys, workPartition } from "../keys/keys.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";
import { writeOperationSchema } from "./write-operation-schema.ts";

/** Minutes after which the sweep carries out an outbox entry that the stream did not. */
export const outboxOverdueMinutes = 1;

/** What is owed: by a decision, or the rest of a commit that is larger than a transaction; see `splitChange`. */
const owedEntrySchema = z.discriminatedUnion("kind", [
  ...outboxEntryKinds,
  z.object({ kind: z.literal("write-rest"), operations: z.array(writeOperationSchema) }),
]);
export type OwedOutboxEntry = Stored<typeof owedEntrySchema>;

const outboxItemSchema = z.object({
  effectId: z.string(),
  siteId: z.string(),
  effect: owedEntrySchema,
  attempts: z.int(),
  /** When the sweep carries it out at the latest. */
  workAt: instant,
});
export type StoredOutboxEntry = Stored<typeof outboxItemSchema>;
export const outboxForm = storedForm("care", "effect", outboxItemSchema);

/**
 * An outbox entry as it is stored. One of a kind that a newer release wrote is not read: it is kept, tried again and
 * alarmed, never taken for done.
 * @throws {ItemTooNewError} {UnreadableItemError} see `readStored`
 */
export function readOutboxEntry(item: StoredItem): StoredOutboxEntry {
  return readStored(outboxForm, item);
}

/** When an outbox entry was owed, which is what another one that comes of it counts from. */
export function owedAt(stored: StoredOutboxEntry): string {
  return addMinutes(stored.workAt, -outboxOverdueMinutes);
}

/** An outbox entry owed, written in the transaction that owes it and deleted once carried out. */
export function outboxItem(input: {
  readonly pk: string;
  readonly siteId: string;
  readonly effectId: string;
  readonly effect: OwedOutboxEntry;
  readonly now: string;
}): StoredItem {
  return {
    ...keys.effect(input.pk, input.effectId),
    schemaVersion: currentVersion(outboxForm),
    kind: "effect",
    effectId: input.effectId,
    siteId: input.siteId,
    effect: input.effect,
    attempts: 0,
    workPartition: workPartition(input.siteId, "effect", input.effectId),
    workAt: addMinutes(input.now, outboxOverdueMinutes),
  };
}

/** What one transaction holds. */
const maxOperations = 100;
const operationsPerRest = 40;
/** Far below what one item holds, whatever script the words are in. */
const charactersPerRest = 60_000;

/**
 * Parts a commit that is larger than a transaction: what must hold at once stays together, the rest is
 * stored beside it, to be written by outbox entries. Most commits have 5 to 30 operations and are not parted.
 *
 * @param input.together - what decides the commit and what decisions look at
 * @param input.later - what may follow: in the order in which it should
 */
export function splitChange(input: {
  readonly together: readonly WriteOperation[];
  readonly later: readonly WriteOperation[];
}): { readonly now: readonly WriteOperation[]; readonly rests: readonly WriteOperation[][] } {
  const { together, later } = input;
  if (together.length + later.length <= maxOperations)
    return { now: [...together, ...later], rests: [] };
  const room = maxOperations - together.length;
  for (let kept = Math.max(0, room - 1); kept > 0; kept -= 1) {
    const rests = inRests(later.slice(kept));
    if (kept + rests.length <= room) return { now: [...together, ...later.slice(0, kept)], rests };
  }
  return { now: [...together], rests: inRests(later) };
}

function inRests(operations: readonly WriteOperation[]): WriteOperation[][] {
  const rests: WriteOperation[][] = [];
  let characters = 0;
  for (const operation of operations) {
    const size = JSON.stringify(operation).length;
    const last = rests.at(-1);
    if (
      last === undefined ||
      last.length >= operationsPerRest ||
      characters + size > charactersPerRest
    ) {
      rests.push([operation]);
      characters = size;
    } else {
      last.push(operation);
      characters += size;
    }
  }
  return rests;
}
