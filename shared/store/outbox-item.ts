import * as z from "zod";
import { outboxEntryKinds } from "../care/change/outbox-entry.ts";
import { instant, type Stored } from "../care/stored/fields.ts";
import { addMinutes } from "../care/time/instants.ts";
import { keys } from "../keys/keys.ts";
import { workPartition } from "../keys/tables.ts";
import type { StoredItem } from "../ports/store.ts";
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
