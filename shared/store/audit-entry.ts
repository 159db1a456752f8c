import type { AuditDraft } from "../care/change/change.ts";
import { keys } from "../keys/keys.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { WriteOperation } from "../ports/store.ts";

/** JSON with sorted keys, so that the same content always has the same hash. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

export type AuditChain = { readonly sequence: number; readonly hash: string };
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
        item: { ...keys.audit(input.aggregateId, sequence), schemaVersion: 1, ...content, hash },
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
          schemaVersion: 1,
          text: input.draft.reason,
          at: input.at,
        },
      },
    });
  }
  return { chain: { sequence, hash }, operations };
}
