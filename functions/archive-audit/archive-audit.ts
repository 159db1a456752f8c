import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { type ChainHead, findAuditBreaks } from "../../shared/store/audit-chain.ts";
import { readImage } from "./read-image.ts";

/**
 * Writes the changes of one batch of the audit table's stream to the archive, as one object with a line
 * for each. Anything but an insert is a change of what must never change: it is archived with the others
 * and alarmed, and so is an insert that does not continue its chain or whose content its hash was not made of.
 *
 * A batch that is given again has the same name and is kept as it was. Where a repeat is cut
 * differently, an entry stands in two objects; it is the same by its aggregate and number.
 */
export async function archiveAudit(
  deps: { readonly archive: AuditArchive; readonly logger: Logger },
  records: readonly TableStreamRecord[],
): Promise<{ readonly batchItemFailures: { readonly itemIdentifier: string }[] }> {
  const entries = records.filter(({ dynamodb }) => keyOf(dynamodb) !== "");
  const unreadable = records.find(({ dynamodb }) => keyOf(dynamodb) === "");
  const failures = failuresOf(unreadable);
  // No success: given again, then kept in the queue of what failed.
  if (unreadable !== undefined)
    deps.logger.error("A change of the table has no key", { code: "malformed" });
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return failures;
  for (const { eventName, dynamodb } of entries)
    if (eventName !== "INSERT")
      deps.logger.error("An audit entry was changed or removed", {
        effectKey: keyOf(dynamodb),
        code: String(eventName),
      });
  await alarmBrokenChains(deps.logger, entries);
  const name = `${dayOf(first)}/${placeOf(first)}-${placeOf(last)}.jsonl`;
  try {
    await deps.archive.putOnce(name, entries.map(lineOf).join(""));
  } catch (error) {
    deps.logger.error("An audit entry could not be archived", {
      effectKey: keyOf(first.dynamodb),
      count: entries.length,
      error,
    });
    return failuresOf(first);
  }
  return failures;
}

/**
 * Recomputes what a batch adds to each chain. What came before the batch is the entry's own word: whoever changes
 * that is found by the event of the change itself.
 */
async function alarmBrokenChains(
  logger: Logger,
  records: readonly TableStreamRecord[],
): Promise<void> {
  const chains = new Map<string, TableStreamRecord[]>();
  for (const record of records) {
    if (record.eventName !== "INSERT") continue;
    const chain = record.dynamodb.Keys.pk.S;
    chains.set(chain, [...(chains.get(chain) ?? []), record]);
  }
  for (const [chain, added] of chains) {
    const entries = added.map(({ dynamodb }) => readImage(dynamodb.NewImage ?? {}));
    for (const { sequence, kind } of await findAuditBreaks(entries, before(entries[0])))
      logger.error("An audit entry was changed or removed", {
        effectKey: `${chain}/${sequence}`,
        code: kind,
      });
  }
}

/** Where a batch takes a chain up. The first entry of all follows nothing. */
function before(entry: ReturnType<typeof readImage> | undefined): ChainHead {
  const sequence = Number(entry?.sk) - 1;
  return sequence > 0 ? { sequence, hash: String(entry?.previousHash) } : { sequence: 0, hash: "" };
}

function failuresOf(record: TableStreamRecord | undefined): {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
} {
  if (record === undefined) return { batchItemFailures: [] };
  return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
}

/** One line of an archived object: what happened to which entry, and the entry as it was written. */
function lineOf({ eventName, dynamodb }: TableStreamRecord): string {
  const entry = { entry: keyOf(dynamodb), event: eventName, image: dynamodb?.NewImage ?? {} };
  return `${JSON.stringify(entry)}\n`;
}

/** Empty for what is no entry. */
function keyOf(change: TableStreamRecord["dynamodb"]): string {
  const pk = change?.Keys?.pk?.S;
  const sk = change?.Keys?.sk?.S;
  return pk === undefined || sk === undefined ? "" : `${pk}/${sk}`;
}

/** The stream's own number of a change; where an export is given by hand, the entry's key. */
function placeOf({ dynamodb }: TableStreamRecord): string {
  return (dynamodb?.SequenceNumber ?? keyOf(dynamodb)).replace(/[#/]/g, ".");
}

/** The day of the change in UTC, as folders: `2027/01/14`. */
function dayOf({ dynamodb }: TableStreamRecord): string {
  const seconds = dynamodb?.ApproximateCreationDateTime;
  if (seconds === undefined) return "undated";
  return new Date(seconds * 1000).toISOString().slice(0, 10).replaceAll("-", "/");
}
