import { stageConfigSchema } from "./stage-config.ts";

/** The stage that people depend on. Placeholder names: put your own in before the first deployment. */
export const production = stageConfigSchema.parse({
  stage: "production",
  account: "222222222222",
  region: "us-east-1",
  domainName: "appointments.example.org",
  certificateArn:
    "arn:aws:acm:us-east-1:222222222222:certificate/00000000-0000-0000-0000-000000000000",
  email: { domainName: "mail.example.org", ratePerSecond: 14 },
  sms: {
    ratePerSecond: 3,
    monthlySpendLimitDollars: 500,
    participantNumberIds: ["phone-production-riverside", "phone-production-mesa"],
    staffPageNumberId: "phone-production-staff",
  },
  siteIds: ["riverside", "mesa"],
  linkSecretVersions: ["1"],
  alarmEmails: {
    care: "care-alarms@example.org",
    operations: "operations@example.org",
    security: "security@example.org",
  },
  retention: { logDays: 731, auditArchiveDays: 7 * 366, backupDays: 365, lock: "compliance" },
  canary: { siteId: "canary", programId: "adult-iop", everyMinutes: 15 },
  firewall: { requestsPerAddress: 2000, referralsPerAddress: 100 },
  github: { repository: "your-organisation/throughcare" },
});
