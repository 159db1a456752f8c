import { stageConfigSchema } from "./stage-config.ts";

/** The stage that people depend on. Placeholder names: put your own in before the first deployment. */
export const production = stageConfigSchema.parse({
  stage: "production",
  account: "222222222222",
  region: "us-east-1",
  domainName: "appointments.example.org",
  certificateArn:
    "arn:aws:acm:us-east-1:222222222222:certificate/00000000-0000-0000-0000-000000000000",
  email: { ratePerSecond: 14 },
  sms: { ratePerSecond: 3, monthlySpendLimitDollars: 500 },
  sites: [
    {
      siteId: "riverside",
      mailDomain: "riverside.mail.example.org",
      numbers: {
        participants: { phoneNumberId: "phone-production-riverside", number: "+12125550131" },
        staffPages: { phoneNumberId: "phone-production-riverside-staff", number: "+12125550132" },
      },
    },
    {
      siteId: "mesa",
      mailDomain: "mesa.mail.example.org",
      numbers: {
        participants: { phoneNumberId: "phone-production-mesa", number: "+14805550141" },
        staffPages: { phoneNumberId: "phone-production-mesa-staff", number: "+14805550142" },
      },
    },
  ],
  linkSecretVersions: ["1"],
  originSecretVersions: ["1"],
  alarmEmails: {
    care: "care-alarms@example.org",
    operations: "operations@example.org",
    security: "security@example.org",
  },
  staffSession: { idleMinutes: 15, maxHours: 12 },
  retention: {
    logDays: 731,
    backupDays: 365,
    lock: { mode: "compliance", archiveDays: 2562, backupDays: 35 },
  },
  canary: { siteId: "canary", programId: "adult-iop", everyMinutes: 15 },
  firewall: { requestsPerAddress: 2000, referralsPerAddress: 100 },
  github: { repository: "your-organisation/throughcare", identityProvider: "create" },
});
