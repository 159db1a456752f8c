import * as z from "zod";
import type { DeferredCommand } from "../../shared/care/change/outbox-entry.ts";
import { instant } from "../../shared/care/stored/fields.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { StoredItem, WriteOperation } from "../../shared/ports/store.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { outboxItem } from "../../shared/store/outbox-item.ts";
import { currentVersion, readStored, storedForm } from "../../shared/store/read-stored.ts";
import type { Inbound, ReceiveSmsDeps } from "./inbound.ts";

const keptDays = 30;

export const inboundForm = storedForm(
  "care",
  "inbound-text",
  z.object({ status: z.enum(["started", "done"]), receivedAt: instant }),
);

/** Remembers that a text was taken, under the provider's id of it. */
export function inboundMarker(inbound: Inbound, status: "started" | "done"): StoredItem {
  return {
    ...keys.request("sms", inbound.text.inboundMessageId),
    schemaVersion: currentVersion(inboundForm),
    kind: "inbound-text",
    status,
    receivedAt: inbound.receivedAt,
    expiresAtEpochSeconds: Math.floor(Date.parse(inbound.receivedAt) / 1000) + keptDays * 86_400,
  };
}

/**
 * Stores a text in one transaction of three items: that it was taken, its words in `identity`, and one
 * effect that hands both the words and the commands they owe to every episode of the number, the crisis
 * alert first. From here on nothing of it can be lost.
 * @returns `done-before` for a text that was taken to its end already
 */
export async function storeInbound(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
): Promise<"stored" | "stored-before" | "done-before"> {
  const { contactPointId, receivedAt, site } = inbound;
  const { pk } = keys.contactPoint(contactPointId);
  const noteId = deps.ids.next();
  const commands = commandsOf(inbound, noteId);
  const item = outboxItem({
    pk,
    siteId: site.siteId,
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

/**
 * Marks a text as begun, under the provider's own id. Fails where it was begun before: carriers deliver
 * twice.
 */
export function markerPut(inbound: Inbound): WriteOperation {
  return {
    put: { table: "care", item: inboundMarker(inbound, "started"), condition: { kind: "absent" } },
  };
}

/** Commits what begins with the marker; tells a repeat from a text that was only half taken. */
export async function storeOnce(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  operations: readonly WriteOperation[],
): Promise<"stored" | "stored-before" | "done-before"> {
  try {
    await transactWithRetry(deps, operations);
    return "stored";
  } catch (error) {
    if (!(error instanceof ConditionFailedError) || error.operationIndex !== 0) throw error;
    const key = keys.request("sms", inbound.text.inboundMessageId);
    const marker = await deps.store.get("care", key.pk, key.sk);
    const isDone = marker !== undefined && readStored(inboundForm, marker).status === "done";
    return isDone ? "done-before" : "stored-before";
  }
}

/** Marks a text as done, when all that it owed is stored. */
export async function finishInbound(deps: ReceiveSmsDeps, inbound: Inbound): Promise<void> {
  await transactWithRetry(deps, [{ put: { table: "care", item: inboundMarker(inbound, "done") } }]);
}

function commandsOf({ sorted, receivedAt }: Inbound, noteId: string): readonly DeferredCommand[] {
  const { crisisRule, kind } = sorted;
  const sort = kind === "refill" || kind === "schedule" ? kind : "other";
  return [
    ...(crisisRule === undefined
      ? []
      : [{ type: "crisis-words", source: "text", rule: crisisRule, noteId } as const]),
    ...(sorted.isForStaff
      ? [
          {
            type: "inbound-reply",
            sort,
            noteId,
            receivedAt,
            ...(sorted.isUnplaced ? { isUnplaced: true as const } : {}),
            ...(sorted.asksToReturn ? { asksToReturn: true as const } : {}),
          } as const,
        ]
      : []),
  ];
}

/** What somebody wrote: identity, erased by key, never in care state, audit or logs. */
export function notePut(owner: string, noteId: string, inbound: Inbound): WriteOperation {
  return {
    put: {
      table: "identity",
      item: {
        ...keys.note(owner, noteId),
        schemaVersion: 1,
        kind: "note",
        source: "text",
        text: inbound.text.messageBody,
        at: inbound.receivedAt,
        contactPointId: inbound.contactPointId,
      },
    },
  };
}
