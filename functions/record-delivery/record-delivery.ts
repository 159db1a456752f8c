import { type IncomingRecord, messageOf, type SnsEvent } from "../../shared/contracts/sns-event.ts";
import { UnreadableEventError } from "../../shared/errors/unreadable-event-error.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { applyReport, type ReportResult } from "./apply-report.ts";
import { readReport } from "./read-report.ts";

export type RecordDeliveryDeps = CareDeps & { readonly logger: Logger };
export type DeliveryCounts = Readonly<Partial<Record<ReportResult | "not-ours", number>>>;

/**
 * Takes over what the providers report about messages: that one arrived, failed, bounced or was
 * complained about. Any order and any number of repeats end in the same state.
 *
 * @throws {UnreadableEventError} for what is no report; the event ends in the queue of failed ones
 * @throws {NotFoundError} when a message of ours is not to be found yet; the event is given again
 * @throws {StoreUnavailableError} when the store cannot be reached; the event is given again
 */
export async function recordDelivery(
  deps: RecordDeliveryDeps,
  event: SnsEvent,
): Promise<DeliveryCounts> {
  const counts: Partial<Record<ReportResult | "not-ours", number>> = {};
  const failures: unknown[] = [];
  for (const record of event.Records) {
    try {
      if (isNotice(record)) continue;
      const result = await takeOver(deps, messageOf(record));
      counts[result] = (counts[result] ?? 0) + 1;
    } catch (error) {
      failures.push(error);
    }
  }
  // What the next try may mend goes first: the same event comes again with all of its reports.
  const first = failures.find((error) => !(error instanceof UnreadableEventError)) ?? failures[0];
  if (first !== undefined) throw first;
  return counts;
}

/** What the mail provider says once, when a topic is named to it; no report. */
function isNotice({ Sns }: IncomingRecord): boolean {
  return Sns.Message.startsWith("Successfully validated SNS topic");
}

async function takeOver(
  deps: RecordDeliveryDeps,
  message: unknown,
): Promise<ReportResult | "not-ours"> {
  const report = readReport(message);
  if (report === undefined) {
    deps.logger.error("A delivery event has no known shape", { code: "malformed" });
    throw new UnreadableEventError("A delivery event has no known shape");
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
