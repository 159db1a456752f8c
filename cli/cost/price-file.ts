import { readFileSync } from "node:fs";
import * as z from "zod";

/** Everything that is charged for, by our own names. */
const priceIds = [
  "state-transition",
  "function-call",
  "function-gb-second",
  "table-write-unit",
  "table-read-unit",
  "table-gb-month",
  "table-recovery-gb-month",
  "backup-gb-month",
  "object-put",
  "object-gb-month",
  "email",
  "email-gb",
  "topic-message",
  "log-gb",
  "log-gb-month",
  "key-call",
  "key-month",
  "api-request",
  "distribution-request",
  "distribution-gb",
  "firewall-request",
  "firewall-month",
  "firewall-rule-month",
  "alarm-month",
  "metric-month",
  "dashboard-month",
  "canary-run",
  "secret-month",
  "staff-account-month",
  "phone-number-month",
  "campaign-month",
  "sms-part",
  "sms-carrier-part",
] as const;
export type PriceId = (typeof priceIds)[number];

const priceFileSchema = z.strictObject({
  region: z.literal("us-east-1"),
  currency: z.literal("USD"),
  /** When the prices were taken down. */
  takenOn: z.iso.date(),
  prices: z.record(
    z.enum(priceIds),
    z.strictObject({
      dollars: z.number().positive(),
      per: z.string().min(1),
      source: z.string().min(1),
      /** False for a list price that was recalled and not read again at its source on that day. */
      isConfirmed: z.boolean(),
    }),
  ),
});
export type PriceFile = z.infer<typeof priceFileSchema>;

const newest = new URL("../prices/us-east-1.2026-11.json", import.meta.url);

/** The newest price file. */
export function readPriceFile(): PriceFile {
  return parsePriceFile(JSON.parse(readFileSync(newest, "utf8")));
}

/** @throws {z.ZodError} when a price is missing, unknown or not a price */
export function parsePriceFile(content: unknown): PriceFile {
  return priceFileSchema.parse(content);
}
