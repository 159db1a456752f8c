import type { PriceId } from "./price-file.ts";

/** What a deployment costs in a month when nobody is on the pathway; a test counts it in the stacks. */
export const flatPart: readonly {
  readonly service: string;
  readonly what: string;
  readonly priceId: PriceId;
  readonly quantity: number;
}[] = [
  { service: "KMS", what: "keys", priceId: "key-month", quantity: 8 },
  { service: "CloudWatch", what: "alarms", priceId: "alarm-month", quantity: 123 },
  { service: "CloudWatch", what: "metrics of logs", priceId: "metric-month", quantity: 14 },
  // Each function's cold starts, the sends that succeed by channel, how late outbox entries are; rarer ones in their hours.
  { service: "CloudWatch", what: "metrics of functions", priceId: "metric-month", quantity: 23 },
  { service: "CloudWatch", what: "dashboards", priceId: "dashboard-month", quantity: 1 },
  { service: "CloudWatch", what: "canary runs", priceId: "canary-run", quantity: 2920 },
  { service: "WAF", what: "web ACLs", priceId: "firewall-month", quantity: 1 },
  { service: "WAF", what: "rules", priceId: "firewall-rule-month", quantity: 5 },
  { service: "Secrets Manager", what: "secrets", priceId: "secret-month", quantity: 3 },
  { service: "SMS", what: "phone numbers", priceId: "phone-number-month", quantity: 4 },
  { service: "SMS", what: "registered campaigns", priceId: "campaign-month", quantity: 1 },
];

/** A minute each. */
export const sweepsPerMonth = 43_800;
/** The sweep's keys of the table and of its log, once every five minutes. */
export const sweepKeyCallsPerMonth = 2 * (sweepsPerMonth / 5);
/** Bytes of the log that one look of the sweep leaves. */
export const sweepLogBytes = 478;
/** Production keeps a backup of each day so long; each is a whole one. */
export const keptDailyBackups = 365;
