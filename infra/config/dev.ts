import { stageConfigSchema } from "./stage-config.ts";

/** For trying things out. Placeholder names: put your own in before the first deployment. */
export const dev = stageConfigSchema.parse({
  stage: "dev",
  account: "111111111111",
  region: "us-east-1",
  domainName: "dev.appointments.example.org",
  certificateArn:
    "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000",
  email: { ratePerSecond: 1 },
  sms: { ratePerSecond: 1, monthlySpendLimitDollars: 20 },
  // Leave `numbers` out until yours are registered; everything else works without them.
  sites: [
    {
      siteId: "riverside",
      mailDomain: "riverside.dev.mail.example.org",
      numbers: {
        participants: { phoneNumberId: "phone-dev-riverside", number: "+12125550111" },
        staffPages: { phoneNumberId: "phone-dev-riverside-staff", number: "+12125550112" },
      },
    },
    {
      siteId: "mesa",
      mailDomain: "mesa.dev.mail.example.org",
      numbers: {
        participants: { phoneNumberId: "phone-dev-mesa", number: "+14805550121" },
        staffPages: { phoneNumberId: "phone-dev-mesa-staff", number: "+14805550122" },
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
  // Short, and it can be taken back: a stage for trials must be possible to clear away.
  retention: {
    logDays: 90,
    backupDays: 35,
    lock: { mode: "governance", archiveDays: 1, backupDays: 1 },
  },
  canary: { siteId: "canary", programId: "adult-iop", everyMinutes: 60 },
  firewall: { requestsPerAddress: 2000, referralsPerAddress: 100 },
  github: { repository: "your-organisation/throughcare", identityProvider: "create" },
});
