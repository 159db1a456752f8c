import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { siteTaskAggregate } from "../../shared/keys/keys.ts";
import {
  type AuditBreak,
  type ChainHead,
  findAuditBreaks,
  type StoredEntry,
} from "../../shared/store/audit-chain.ts";
import { scanTable } from "../dynamodb/scan-table.ts";

/** What `doctor` says about the audit trail. */
export type AuditCheck = { readonly entries: number; readonly breaks: readonly AuditBreak[] };

const headSchema = z.looseObject({
  pk: z.string(),
  taskId: z.string().optional(),
  audit: z.object({ sequence: z.number().min(1), hash: z.string() }),
});

/**
 * Recomputes every chain of the audit table, and holds the end of each against the record that it is about.
 * @param tables.care - where the records are; a chain whose record is gone has no end to hold against
 */
export async function checkAudit(
  client: DynamoDBDocumentClient,
  tables: { readonly care: string; readonly audit: string },
): Promise<AuditCheck> {
  const chains = new Map<string, StoredEntry[]>();
  for await (const entry of scanTable(client, tables.audit)) {
    const pk = String(entry.pk);
    chains.set(pk, [...(chains.get(pk) ?? []), entry]);
  }
  const heads = new Map<string, ChainHead>();
  for await (const item of scanTable(client, tables.care)) {
    const { data } = headSchema.safeParse(item);
    if (data === undefined) continue;
    // A site's tasks share the site's partition, each with a chain of its own.
    heads.set(data.taskId === undefined ? data.pk : siteTaskAggregate(data.taskId), data.audit);
  }
  const breaks: AuditBreak[] = [];
  let entries = 0;
  for (const [pk, found] of chains) {
    entries += found.length;
    const inOrder = found.toSorted((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
    breaks.push(...(await findAuditBreaks(inOrder, undefined, heads.get(pk))));
  }
  for (const [aggregateId, { sequence }] of heads)
    if (!chains.has(aggregateId)) breaks.push({ aggregateId, sequence, kind: "missing" });
  return { entries, breaks };
}
