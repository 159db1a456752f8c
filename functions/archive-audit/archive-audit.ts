import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { Store } from "../../shared/ports/store.ts";
import { findAuditBreaks } from "../../shared/store/audit-chain.ts";
import { loadEntriesBefore } from "./load-entries-before.ts";
import { readImage } from "./read-image.ts";

/**
 * Writes the changes of one batch of the audit table's stream to the archive, as one object with a line
 * for each. Anything but an insert is a change of what must never change: it is archived with the others
 * and alarmed, and so is an insert that does not continue its chain, wherever the batch begins, or whose content
 * its hash was not made of.
 *
 * A batch that is given again has the same name and is kept as it was. Where a repeat is cut
 * differently, an entry stands in two objects; it is the same by its aggregate and number.
 */
export async function archiveAudit(
  deps: {
    readonly archive: AuditArchive;
    readonly logger: Logger;
    readonly store: Pick<Store, "getMany">;
  },
  records: readonly TableStreamRecord[],
): Promise<{ readonly batchItemFailures: { readonly itemIdentifier: string }[] }> {
  const [first] = records;
  if (first === undefined) return { batchItemFailures: [] };
  const last = records.at(-1) ?? first;
  for (const { eventName, dynamodb } of records)
    if (eventName !== "INSERT")
      deps.logger.error("An audit entry was changed or removed", {
        effectKey: keyOf(dynamodb),
        code: String(eventName),
      });
  const name = `${dayOf(first)}/${first.dynamodb.SequenceNumber}-${last.dynamodb.SequenceNumber}.jsonl`;
  try {
    await deps.archive.putOnce(name, records.map(lineOf).join(""));
    // Kept first: what cannot be held against the table yet is in the archive already.
    await alarmBrokenChains(deps, records);
  } catch (error) {
    deps.logger.error("An audit entry could not be archived", {
      effectKey: keyOf(first.dynamodb),
      count: records.length,
      error,
    });
    return { batchItemFailures: [{ itemIdentifier: first.dynamodb.SequenceNumber }] };
  }
  return { batchItemFailures: [] };
}

/** Recomputes what a batch adds to each chain, from the entry that stands in the table before it. */
async function alarmBrokenChains(
  deps: { readonly logger: Logger; readonly store: Pick<Store, "getMany"> },
  records: readonly TableStreamRecord[],
): Promise<void> {
  const chains = new Map<string, [first: TableStreamRecord, ...TableStreamRecord[]]>();
  for (const record of records) {
    if (record.eventName !== "INSERT") continue;
    const chain = record.dynamodb.Keys.pk.S;
    const known = chains.get(chain);
    if (known === undefined) chains.set(chain, [record]);
    else known.push(record);
  }
  const before = await loadEntriesBefore(
    deps.store,
    [...chains].map(([chain, [first]]) => ({ chain, sk: first.dynamodb.Keys.sk.S })),
  );
  for (const [chain, added] of chains) {
    const entries = added.map(({ dynamodb }) => readImage(dynamodb.NewImage ?? {}));
    for (const { sequence, kind } of await findAuditBreaks(entries, before.get(chain)))
      deps.logger.error("An audit entry was changed or removed", {
        effectKey: `${chain}/${sequence}`,
        code: kind,
      });
  }
}

/** One line of an archived object: what happened to which entry, and the entry as it was written. */
function lineOf({ eventName, dynamodb }: TableStreamRecord): string {
  const entry = { entry: keyOf(dynamodb), event: eventName, image: dynamodb.NewImage ?? {} };
  return `${JSON.stringify(entry)}\n`;
}

function keyOf({ Keys }: TableStreamRecord["dynamodb"]): string {
  return `${Keys.pk.S}/${Keys.sk.S}`;
}

/** The day of the change in UTC, as folders: `2027/01/14`. */
function dayOf({ dynamodb }: TableStreamRecord): string {
  const seconds = dynamodb.ApproximateCreationDateTime;
  if (seconds === undefined) return "undated";
  return new Date(seconds * 1000).toISOString().slice(0, 10).replaceAll("-", "/");
}
