import { stageConfigSchema } from "./stage-config.ts";

/** For trying things out. Placeholder names: put your own in before the first deployment. */
export const dev = stageConfigSchema.parse({
  stage: "dev",
  account: "111111111111",
  region: "us-east-1",
  domainName: "dev.appointments.example.org",
  certificateArn:
    "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000",
  email: { domainName: "dev.mail.example.org", ratePerSecond: 1 },
  sms: {
    ratePerSecond: 1,
    monthlySpendLimitDollars: 20,
    participantNumberIds: ["phone-dev-riverside", "phone-dev-mesa"],
    staffPageNumberId: "phone-dev-staff",
  },
  siteIds: ["riverside", "mesa"],
  linkSecretVersions: ["1"],
  alarmEmails: {
    care: "care-alarms@example.org",
    operations: "operations@example.org",
    security: "security@example.org",
  },
  retention: { logDays: 90, auditArchiveDays: 7, backupDays: 7, lock: "governance" },
  canary: { siteId: "canary", programId: "adult-iop", everyMinutes: 60 },
  firewall: { requestsPerAddress: 2000, referralsPerAddress: 100 },
  github: { repository: "your-organisation/throughcare" },
});
