import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";

/**
 * Writes the changes of one batch of the audit table's stream to the archive, as one object with a line
 * for each. Anything but an insert is a change of what must never change: it is archived with the others
 * and alarmed.
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
