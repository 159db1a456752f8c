import * as z from "zod";

/** What differs between stages; everything else is the same on purpose. Checked before anything is synthesised. */
export const stageConfigSchema = z.strictObject({
  stage: z.enum(["dev", "production"]),
  region: z.string().regex(/^us-(east|west)-[12]$/, "must be a region in the United States"),
  /** The one host of public pages and API. */
  domainName: z.string().regex(/^[a-z0-9.-]+$/),
  /** ARN of the host's certificate, in us-east-1. */
  certificateArn: z.string().regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[a-z0-9-]+$/),
  email: z.strictObject({
    /** The sending domain; neutral, it says nothing about the care given. */
    domainName: z.string().regex(/^[a-z0-9.-]+$/),
    ratePerSecond: z.int().min(1),
  }),
  sms: z.strictObject({
    /** Messages per second of the participants' number. */
    ratePerSecond: z.int().min(1),
    monthlySpendLimitDollars: z.int().min(1),
    /** Identities of phone numbers bought beforehand, for the pool and for staff pages. */
    participantNumberId: z.string().min(1),
    staffPageNumberId: z.string().min(1),
  }),
  siteIds: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  /** Who is told of which kind of alarm. */
  alarmEmails: z.strictObject({ care: z.email(), operations: z.email(), security: z.email() }),
  retention: z.strictObject({
    logDays: z.union([z.literal(90), z.literal(365), z.literal(731)]),
    auditArchiveYears: z.int().min(6),
    backupDays: z.int().min(35),
  }),
  github: z.strictObject({ repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/) }),
});
export type StageConfig = z.infer<typeof stageConfigSchema>;
