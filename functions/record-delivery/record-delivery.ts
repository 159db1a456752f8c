import { messageOf, type SnsEvent } from "../../shared/contracts/sns-event.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { applyReport, type ReportResult } from "./apply-report.ts";
import { readReport } from "./read-report.ts";

export type RecordDeliveryDeps = CareDeps & { readonly logger: Logger };
export type DeliveryCounts = Readonly<
  Partial<Record<ReportResult | "not-ours" | "malformed", number>>
>;

/**
 * Takes over what the providers report about messages: that one arrived, failed, bounced or was
 * complained about. Any order and any number of repeats end in the same state.
 *
 * @throws {NotFoundError} when a message of ours is not to be found yet; the event is given again
 * @throws {StoreUnavailableError} when the store cannot be reached; the event is given again
 */
export async function recordDelivery(
  deps: RecordDeliveryDeps,
  event: SnsEvent,
): Promise<DeliveryCounts> {
  const counts: Partial<Record<ReportResult | "not-ours" | "malformed", number>> = {};
  const failures: unknown[] = [];
  for (const record of event.Records) {
    try {
      const result = await takeOver(deps, messageOf(record));
      counts[result] = (counts[result] ?? 0) + 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return counts;
}

async function takeOver(
  deps: RecordDeliveryDeps,
  message: unknown,
): Promise<ReportResult | "not-ours" | "malformed"> {
  const report = readReport(message);
  if (report === undefined) {
    // Trying again would not make it readable.
    deps.logger.error("A delivery event has no known shape", { code: "malformed" });
    return "malformed";
  }
  // Pages to staff carry no message id: who was paged is followed on the alert itself.
  if (report.messageId === undefined) return "not-ours";
  const result = await applyReport(deps, { ...report, messageId: report.messageId });
  if (report.kind === "unknown") {
    deps.logger.warn("A provider reports a state that is not known; it is kept as it is", {
      messageId: report.messageId,
      code: report.raw,
    });
  }
  return result;
}
