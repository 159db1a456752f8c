import type { TableStreamRecord } from "../../shared/contracts/stream-event.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";

/**
 * Writes each new audit entry once to the archive, under its aggregate and number. Anything but an
 * insert is a change of what must never change: it is archived beside it and alarmed.
 */
export async function archiveAudit(
  deps: { readonly archive: AuditArchive; readonly logger: Logger },
  records: readonly TableStreamRecord[],
): Promise<{ readonly batchItemFailures: { readonly itemIdentifier: string }[] }> {
  for (const record of records) {
    const pk = record.dynamodb?.Keys?.pk?.S;
    const sk = record.dynamodb?.Keys?.sk?.S;
    const sequenceNumber = record.dynamodb?.SequenceNumber ?? "";
    if (pk === undefined || sk === undefined) continue;
    const isInsert = record.eventName === "INSERT";
    if (!isInsert)
      deps.logger.error("An audit entry was changed or removed", {
        effectKey: sk,
        code: String(record.eventName),
      });
    const name = `${pk.replace("#", "/")}/${sk}${isInsert ? "" : `-${record.eventName}-${sequenceNumber}`}.json`;
    try {
      await deps.archive.putOnce(name, JSON.stringify(record.dynamodb?.NewImage ?? {}));
    } catch (error) {
      deps.logger.error("An audit entry could not be archived", { effectKey: sk, error });
      return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
}
