import * as z from "zod";

const fields = z.strictObject({
  stage: z.enum(["dev", "production"]),
  /** The account that this stage is alone in; a deployment with another one's credentials is refused. */
  account: z.string().regex(/^\d{12}$/),
  /** The distribution's firewall, certificate and logs live in this region only; so does all else. */
  region: z.literal("us-east-1"),
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
    /** Identities of phone numbers bought beforehand: those of the pool, one or more, and the one for staff pages. */
    participantNumberIds: z.array(z.string().min(1)).min(1),
    staffPageNumberId: z.string().min(1),
  }),
  siteIds: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  /**
   * Versions of the secret behind links and cookies: the first seals, all of them open. How one is
   * changed for another is in the runbook `link-secret`.
   */
  linkSecretVersions: z
    .array(z.string().regex(/^[a-z0-9]$/))
    .min(1)
    .refine((versions) => new Set(versions).size === versions.length, "names a version twice"),
  /** Who is told of which kind of alarm. */
  alarmEmails: z.strictObject({ care: z.email(), operations: z.email(), security: z.email() }),
  retention: z.strictObject({
    logDays: z.union([z.literal(90), z.literal(365), z.literal(731)]),
    auditArchiveDays: z.int().min(1),
    backupDays: z.int().min(1),
    /**
     * How what is kept is locked: `compliance` against everybody, the account's owner and AWS included, and for
     * good; `governance` until somebody with the permission takes the lock off.
     */
    lock: z.enum(["governance", "compliance"]),
  }),
  /** Where the fictional referral of the canary goes: a site of its own, where nobody works. */
  canary: z.strictObject({
    siteId: z.string().regex(/^[a-z0-9-]+$/),
    programId: z.string().regex(/^[a-z0-9-]+$/),
    everyMinutes: z.int().min(5).max(60),
  }),
  /** Requests from one address within five minutes; a whole clinic may share one. */
  firewall: z.strictObject({
    requestsPerAddress: z.int().min(100),
    referralsPerAddress: z.int().min(10),
  }),
  github: z.strictObject({ repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/) }),
});

const sixYearsDays = 6 * 366;

/** What differs between stages; everything else is the same on purpose. Checked before anything is synthesised. */
export const stageConfigSchema = fields.superRefine((config, { addIssue }) => {
  const problem = (path: readonly string[], message: string) =>
    addIssue({ code: "custom", path: [...path], message });
  if (!config.certificateArn.includes(`:${config.account}:`))
    problem(["certificateArn"], `The certificate is not in the account ${config.account}.`);
  const { lock, auditArchiveDays, backupDays } = config.retention;
  if (config.stage === "production") {
    if (lock !== "compliance") problem(["retention", "lock"], "Production is locked for good.");
    if (auditArchiveDays < sixYearsDays)
      problem(["retention", "auditArchiveDays"], "Six years are the least that law asks for.");
    if (backupDays < 35) problem(["retention", "backupDays"], "35 days are the least.");
  } else {
    if (lock !== "governance")
      problem(["retention", "lock"], "What is tried out must be removable: use governance.");
    if (auditArchiveDays > 30 || backupDays > 30)
      problem(["retention"], "Nothing that is tried out is kept for more than 30 days.");
  }
});
export type StageConfig = z.infer<typeof stageConfigSchema>;
