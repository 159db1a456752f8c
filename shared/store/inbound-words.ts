import * as z from "zod";
import type { DeferredCommand } from "../care/change/outbox-entry.ts";
import { instant } from "../care/stored/fields.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { keys } from "../keys/keys.ts";
import type { SortedInbound } from "../messages/sort-inbound.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "./care-deps.ts";
import { transactWithRetry } from "./commit-change.ts";
import { outboxItem } from "./outbox-item.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

const keptDays = 30;

/** What somebody wrote to us, with everything that is stored of it. */
export type InboundWords = {
  readonly source: "text" | "email";
  /** The provider's id: carriers and mail servers deliver twice. */
  readonly providerId: string;
  readonly words: string;
  readonly contactPointId: string;
  /** RFC 3339 UTC. */
  readonly receivedAt: string;
  readonly siteId: string;
  readonly sorted: SortedInbound;
};

export const inboundForm = storedForm(
  "care",
  "inbound-text",
  z.object({ status: z.enum(["started", "done"]), receivedAt: instant }),
);

function markerKey({ source, providerId }: InboundWords) {
  return keys.request(source === "text" ? "sms" : source, providerId);
}

/** Remembers that a text or an email was taken, under the provider's id of it. */
function inboundMarker(inbound: InboundWords, status: "started" | "done"): StoredItem {
  return {
    ...markerKey(inbound),
    schemaVersion: currentVersion(inboundForm),
    kind: "inbound-text",
    status,
    receivedAt: inbound.receivedAt,
    expiresAtEpochSeconds: Math.floor(Date.parse(inbound.receivedAt) / 1000) + keptDays * 86_400,
  };
}

/**
 * Stores what somebody wrote in one transaction of three items: that it was taken, its words in `identity`, and one
 * effect that hands both the words and the commands they owe to every episode of the number or address, the crisis
 * alert first. From here on nothing of it can be lost.
 * @returns `done-before` for what was taken to its end already
 */
export async function storeInbound(
  deps: CareDeps,
  inbound: InboundWords,
): Promise<"stored" | "stored-before" | "done-before"> {
  const { contactPointId, receivedAt, siteId } = inbound;
  const { pk } = keys.contactPoint(contactPointId);
  const noteId = deps.ids.next();
  const commands = commandsOf(inbound, noteId);
  const item = outboxItem({
    pk,
    siteId,
    effectId: deps.ids.next(),
    effect: { kind: "tell-episodes", contactPointId, commands, noteId },
    now: receivedAt,
  });
  return storeOnce(deps, inbound, [
    markerPut(inbound),
    notePut(pk, noteId, inbound),
    { put: { table: "care", item } },
  ]);
}

/** Marks it as begun, under the provider's own id. Fails where it was begun before. */
export function markerPut(inbound: InboundWords): WriteOperation {
  return {
    put: { table: "care", item: inboundMarker(inbound, "started"), condition: { kind: "absent" } },
  };
}

/** Commits what begins with the marker; tells a repeat from what was only half taken. */
export async function storeOnce(
  deps: CareDeps,
  inbound: InboundWords,
  operations: readonly WriteOperation[],
): Promise<"stored" | "stored-before" | "done-before"> {
  try {
    await transactWithRetry(deps, operations);
    return "stored";
  } catch (error) {
    if (!(error instanceof ConditionFailedError) || error.operationIndex !== 0) throw error;
    const key = markerKey(inbound);
    const marker = await deps.store.get("care", key.pk, key.sk);
    const isDone = marker !== undefined && readStored(inboundForm, marker).status === "done";
    return isDone ? "done-before" : "stored-before";
  }
}

/** Marks it as done, when all that it owed is stored. */
export async function finishInbound(deps: CareDeps, inbound: InboundWords): Promise<void> {
  await transactWithRetry(deps, [{ put: { table: "care", item: inboundMarker(inbound, "done") } }]);
}

function commandsOf(
  { source, sorted, receivedAt }: InboundWords,
  noteId: string,
): readonly DeferredCommand[] {
  const { crisisRule, kind } = sorted;
  const sort = kind === "refill" || kind === "schedule" ? kind : "other";
  return [
    ...(crisisRule === undefined
      ? []
      : [
          {
            type: "crisis-words",
            source,
            rule: crisisRule,
            noteId,
            ...(sorted.isOverheard ? { isOverheard: true as const } : {}),
          } as const,
        ]),
    ...(sorted.isForStaff
      ? [
          {
            type: "inbound-reply",
            sort,
            noteId,
            receivedAt,
            ...(source === "email" ? { source } : {}),
            ...(sorted.isUnplaced ? { isUnplaced: true as const } : {}),
            ...(sorted.asksToReturn ? { asksToReturn: true as const } : {}),
          } as const,
        ]
      : []),
  ];
}

/** What somebody wrote: identity, erased by key, never in care state, audit or logs. */
export function notePut(owner: string, noteId: string, inbound: InboundWords): WriteOperation {
  return {
    put: {
      table: "identity",
      item: {
        ...keys.note(owner, noteId),
        schemaVersion: 1,
        kind: "note",
        source: inbound.source,
        text: inbound.words,
        at: inbound.receivedAt,
        contactPointId: inbound.contactPointId,
      },
    },
  };
}
