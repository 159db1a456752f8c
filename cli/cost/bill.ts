import type { CountedUsage } from "./counted-usage.ts";
import { flatPart, sweepKeyCallsPerMonth, sweepLogBytes, sweepsPerMonth } from "./flat-part.ts";
import type { PriceFile, PriceId } from "./price-file.ts";

const gigabyte = 1_000_000_000;
const daysPerMonth = 365.25 / 12;

/** One line of a bill. */
export type BillLine = {
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  readonly priceId: PriceId;
  readonly dollars: number;
};

export type Bill = {
  /** One pathway from referral to closing: what its calls cost, without texts. */
  readonly perPathway: readonly BillLine[];
  /** One pathway's texts: what AWS takes, and an estimate of what carriers take. */
  readonly textsPerPathway: readonly BillLine[];
  /** What one participant's data costs in a month while it is kept. */
  readonly keptPerMonth: readonly BillLine[];
  /** What a month costs whoever is on the pathway. */
  readonly flatPerMonth: readonly BillLine[];
  /** Months from referral to closing. */
  readonly months: number;
};

/** Puts prices on what was counted, for one participant of the group. */
export function makeBill(usage: CountedUsage, file: PriceFile, keptBackups: number): Bill {
  const line = (service: string, what: string, priceId: PriceId, quantity: number): BillLine => ({
    service,
    what,
    priceId,
    quantity,
    dollars: quantity * file.prices[priceId].dollars,
  });
  const each = (service: string, what: string, priceId: PriceId, total: number) =>
    line(service, what, priceId, total / usage.participants);
  const functions = Object.values(usage.functions);
  const sum = (of: (one: (typeof functions)[number]) => number) =>
    functions.reduce((total, one) => total + of(one), 0);
  const requests = usage.http.participantRequests + usage.http.staffRequests;
  const storedGb = usage.tables.storedBytes / gigabyte;
  const { sweep } = usage;
  return {
    perPathway: [
      each("Step Functions", "state transitions", "state-transition", usage.transitions.total),
      each(
        "Lambda",
        "calls",
        "function-call",
        sum(({ calls }) => calls),
      ),
      each("Lambda", "GB-seconds", "function-gb-second", sum(gbSeconds)),
      each(
        "DynamoDB",
        "write units",
        "table-write-unit",
        sum(({ writeUnits }) => writeUnits),
      ),
      each(
        "DynamoDB",
        "read units",
        "table-read-unit",
        sum(({ readUnits }) => readUnits),
      ),
      each("S3", "objects of the audit archive", "object-put", usage.archive.puts),
      each("SES", "emails", "email", usage.email.messages),
      each("SES", "GB of emails", "email-gb", usage.email.bytes / gigabyte),
      each("SNS", "delivery reports", "topic-message", usage.reports),
      each("CloudWatch", "GB of logs", "log-gb", usage.logBytes / gigabyte),
      each("KMS", "requests", "key-call", usage.keyCalls),
      each("API Gateway", "requests", "api-request", requests),
      each("CloudFront", "requests", "distribution-request", requests),
      each("CloudFront", "GB of answers", "distribution-gb", usage.http.responseBytes / gigabyte),
      each("WAF", "requests", "firewall-request", requests),
    ],
    textsPerPathway: [
      each("SMS", "parts, AWS's fee", "sms-part", usage.sms.parts),
      each("SMS", "parts, carriers' fees (estimate)", "sms-carrier-part", usage.sms.parts),
    ],
    keptPerMonth: [
      each("DynamoDB", "GB kept", "table-gb-month", storedGb),
      each("DynamoDB", "GB of recovery", "table-recovery-gb-month", storedGb),
      each("Backup", "GB of daily backups", "backup-gb-month", storedGb * keptBackups),
      each("S3", "GB of the audit archive", "object-gb-month", usage.archive.bytes / gigabyte),
      each("CloudWatch", "GB of logs kept", "log-gb-month", usage.logBytes / gigabyte),
    ],
    flatPerMonth: [
      ...flatPart.map(({ service, what, priceId, quantity }) =>
        line(service, what, priceId, quantity),
      ),
      line("Lambda", "calls of the sweep", "function-call", sweepsPerMonth * sweep.calls),
      line(
        "Lambda",
        "GB-seconds of the sweep",
        "function-gb-second",
        sweepsPerMonth * gbSeconds(sweep),
      ),
      line(
        "DynamoDB",
        "read units of the sweep",
        "table-read-unit",
        sweepsPerMonth * sweep.readUnits,
      ),
      line("KMS", "requests of the sweep", "key-call", sweepKeyCallsPerMonth),
      line(
        "CloudWatch",
        "GB of the sweep's log",
        "log-gb",
        (sweepsPerMonth * sweepLogBytes) / gigabyte,
      ),
    ],
    months: usage.days / daysPerMonth,
  };
}

function gbSeconds(usage: { readonly milliseconds: number; readonly memoryMb: number }): number {
  return (usage.milliseconds / 1000) * (usage.memoryMb / 1024);
}

/** The lines' dollars together. */
export function totalOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}
