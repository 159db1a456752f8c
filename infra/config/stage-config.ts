import * as z from "zod";

const siteId = z.string().regex(/^[a-z0-9-]+$/);
const domainName = z.string().regex(/^[a-z0-9.-]+$/);
const versions = z
  .array(z.string().regex(/^[a-z0-9]$/))
  .min(1)
  .refine((all) => new Set(all).size === all.length, "names a version twice");

/** Area codes of toll-free numbers in North America. */
const tollFree = /^\+1(800|833|844|855|866|877|888)/;

/** A number that was bought and registered beforehand; one number is one pool. */
const phoneNumber = z.strictObject({
  /** Its identity in End User Messaging. */
  phoneNumberId: z
    .string()
    .regex(/^phone-[0-9A-Za-z-]+$/, "must be an identity such as phone-0a1b…"),
  /** The number itself, as the site's data names it. */
  number: z
    .string()
    .regex(/^\+1\d{10}$/, 'must be a number of the United States, such as "+12125550111"')
    .refine((number) => !tollFree.test(number), {
      error:
        "is toll-free: its carrier, not this system, answers STOP, takes no other word and puts people back who text START. Use a 10DLC number",
    }),
});
export type PhoneNumber = z.infer<typeof phoneNumber>;

const site = z.strictObject({
  siteId,
  /** The domain of the address that its mail comes from; neutral, it says nothing about the care given. */
  mailDomain: domainName,
  /** Left out until numbers are registered: then no text and no page by phone leaves from the site. */
  numbers: z.exactOptional(z.strictObject({ participants: phoneNumber, staffPages: phoneNumber })),
});

const stage = z.strictObject({
  stage: z.enum(["dev", "production"]),
  /** The account that the stage is deployed into; a stage has an account of its own. */
  account: z.string().regex(/^\d{12}$/, "must be the twelve digits of an account"),
  /** The distribution's firewall, certificate and logs live in this region only; so does all else. */
  region: z.literal("us-east-1"),
  /** The one host of public pages and API. */
  domainName,
  /** ARN of the host's certificate, in us-east-1. */
  certificateArn: z.string().regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[a-z0-9-]+$/),
  email: z.strictObject({ ratePerSecond: z.int().min(1) }),
  sms: z.strictObject({
    /** Messages per second of one participants' number. */
    ratePerSecond: z.int().min(1),
    monthlySpendLimitDollars: z.int().min(1),
  }),
  /**
   * Versions of the secret behind links and cookies: the first seals, all of them open. How one is
   * changed for another is in the runbook `link-secret`.
   */
  linkSecretVersions: versions,
  /**
   * Versions of what the distribution shows the API: it shows the first, the API takes all of them. How one is
   * changed for another is in the guide.
   */
  originSecretVersions: versions,
  /** Every site that sends anything, and what from. */
  sites: z.array(site).min(1),
  /** Who is told of which kind of alarm. */
  alarmEmails: z.strictObject({ care: z.email(), operations: z.email(), security: z.email() }),
  staffSession: z.strictObject({
    /** How long nobody may have worked before staff sign in again, in minutes. */
    idleMinutes: z.int().min(5).max(60),
    /** How long staff work with one sign-in at most, in hours. */
    maxHours: z.int().min(1).max(24),
  }),
  retention: z.strictObject({
    logDays: z.union([z.literal(90), z.literal(365), z.literal(731)]),
    backupDays: z.int().min(1),
    /**
     * How long nobody can delete an entry of the audit archive or a backup. `compliance` holds against
     * everybody, the owner of the account included, and cannot be taken back; `governance` can be.
     */
    lock: z.strictObject({
      mode: z.enum(["governance", "compliance"]),
      archiveDays: z.int().min(1),
      backupDays: z.int().min(1),
    }),
  }),
  /** Where the fictional referral of the canary goes: a site of its own, where nobody works. */
  canary: z.strictObject({
    siteId,
    programId: z.string().regex(/^[a-z0-9-]+$/),
    everyMinutes: z.int().min(5).max(60),
  }),
  /** Requests from one address within five minutes; a whole clinic may share one. */
  firewall: z.strictObject({
    requestsPerAddress: z.int().min(100),
    referralsPerAddress: z.int().min(10),
  }),
  github: z.strictObject({
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    /** An account has one identity provider for GitHub at most: `reuse` takes the one that is there. */
    identityProvider: z.enum(["create", "reuse"]),
  }),
});
export type StageConfig = z.infer<typeof stage>;

const sixYearsInDays = 6 * 365;

/** What differs between stages; everything else is the same on purpose. Checked before anything is synthesised. */
export const stageConfigSchema = stage.superRefine((config, context) => {
  for (const { path, message } of problemsOf(config))
    context.addIssue({ code: "custom", path: [...path], message });
});

type Problem = { readonly path: readonly (string | number)[]; readonly message: string };

function problemsOf(config: StageConfig): readonly Problem[] {
  const { account, retention, sites, canary } = config;
  const problems: Problem[] = [];
  const refuse = (isWrong: boolean, path: Problem["path"], message: string) => {
    if (isWrong) problems.push({ path, message });
  };
  const certificateAccount = config.certificateArn.split(":")[4];
  refuse(
    certificateAccount !== account,
    ["account"],
    `is ${account}, but the certificate is of the account ${certificateAccount}`,
  );
  refuse(
    retention.backupDays < retention.lock.backupDays,
    ["retention", "backupDays"],
    "is shorter than backups are locked",
  );
  const participants = sites.flatMap(({ numbers }) => numbers?.participants ?? []);
  refuse(
    new Set(participants.map(({ number }) => number)).size < participants.length,
    ["sites"],
    "share a participants' number: a text could not be told apart",
  );
  const pages = new Set(sites.flatMap(({ numbers }) => numbers?.staffPages.number ?? []));
  refuse(
    participants.some(({ number }) => pages.has(number)),
    ["sites"],
    "page staff from a participants' number: a participant's STOP could hold a page back",
  );
  refuse(
    sites.some((one) => one.siteId === canary.siteId),
    ["canary", "siteId"],
    "is a site that sends: the canary has one of its own, where nobody works",
  );
  if (config.stage !== "production") return problems;
  refuse(retention.lock.mode !== "compliance", ["retention", "lock", "mode"], "must be compliance");
  refuse(
    retention.lock.archiveDays < sixYearsInDays,
    ["retention", "lock", "archiveDays"],
    `must be ${sixYearsInDays} at least: six years`,
  );
  refuse(
    retention.lock.backupDays < 35,
    ["retention", "lock", "backupDays"],
    "must be 35 at least",
  );
  sites.forEach(({ numbers }, index) => {
    refuse(numbers === undefined, ["sites", index, "numbers"], "must be registered numbers");
  });
  return problems;
}

/** The domains that a stage's mail comes from, each once, with the first site that it is for. */
export function mailDomains(
  config: StageConfig,
): readonly { readonly siteId: string; readonly domain: string }[] {
  const first = new Map<string, string>();
  for (const { siteId, mailDomain } of config.sites)
    if (!first.has(mailDomain)) first.set(mailDomain, siteId);
  return [...first].map(([domain, siteId]) => ({ siteId, domain }));
}

/** The numbers of one use over all sites, each once, with the first site that it is for. */
export function numbersFor(
  config: StageConfig,
  use: "participants" | "staffPages",
): readonly (PhoneNumber & { readonly siteId: string })[] {
  const first = new Map<string, PhoneNumber & { readonly siteId: string }>();
  for (const { siteId, numbers } of config.sites) {
    const number = numbers?.[use];
    if (number !== undefined && !first.has(number.phoneNumberId))
      first.set(number.phoneNumberId, { ...number, siteId });
  }
  return [...first.values()];
}
