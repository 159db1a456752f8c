import * as z from "zod";
import type { AuditDraft } from "../care/change/change.ts";
import { actorSchema } from "../care/episode/actor.ts";
import { type auditChain, count, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

/** One entry of an audit trail: ids and codes. Its reason in words is kept beside it, in `identity`. */
export const auditForm = storedForm(
  "audit",
  "entry",
  z.object({
    aggregateId: z.string(),
    sequence: count,
    at: instant,
    action: z.string(),
    actor: actorSchema,
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    commandId: z.string(),
    hasReason: z.boolean(),
    previousHash: z.string(),
    hash: z.string(),
  }),
);
export type AuditEntry = StoredItem & Stored<typeof auditForm.schema>;

/** @throws {ItemTooNewError} {UnreadableItemError} see `readStored` */
export function readAuditEntry(item: StoredItem): AuditEntry {
  return readStored(auditForm, item);
}

export const reasonForm = storedForm(
  "identity",
  "reason",
  z.object({ text: z.string(), at: instant }),
);

/** JSON with sorted keys, so that the same content always has the same hash. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** The same value with the names of its objects in order. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

export type AuditChain = Stored<typeof auditChain>;
export const emptyAuditChain: AuditChain = { sequence: 0, hash: "" };

/**
 * The next entry of an aggregate's audit chain. Ids and codes only: a reason in words goes to the
 * identity table under the entry's number and can be erased there without breaking the chain.
 */
export function auditEntry(
  secrets: Secrets,
  input: {
    readonly aggregateId: string;
    readonly chain: AuditChain;
    readonly at: string;
    readonly commandId: string;
    readonly draft: AuditDraft;
  },
): { readonly chain: AuditChain; readonly operations: readonly WriteOperation[] } {
  const sequence = input.chain.sequence + 1;
  const content = {
    aggregateId: input.aggregateId,
    sequence,
    at: input.at,
    action: input.draft.action,
    actor: input.draft.actor,
    facts: input.draft.facts,
    commandId: input.commandId,
    hasReason: input.draft.reason !== undefined,
    previousHash: input.chain.hash,
  };
  const hash = secrets.sha256(canonicalJson(content));
  const operations: WriteOperation[] = [
    {
      put: {
        table: "audit",
        item: {
          ...keys.audit(input.aggregateId, sequence),
          schemaVersion: currentVersion(auditForm),
          ...content,
          hash,
        },
        condition: { kind: "absent" },
      },
    },
  ];
  if (input.draft.reason !== undefined) {
    operations.push({
      put: {
        table: "identity",
        item: {
          ...keys.reason(input.aggregateId, sequence),
          schemaVersion: currentVersion(reasonForm),
          text: input.draft.reason,
          at: input.at,
        },
      },
    });
  }
  return { chain: { sequence, hash }, operations };
}
