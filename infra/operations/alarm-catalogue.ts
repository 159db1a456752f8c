/**
 * Every alarm: what it means for people, whose it is and which runbook says what to do. One list for the
 * stacks, the dashboard, the runbooks in `docs/runbooks/` and the tests.
 */
export const alarmOwners = ["care", "operations", "security"] as const;
export type AlarmOwner = (typeof alarmOwners)[number];

export type AlarmEntry = {
  /** What it means for people when this fires, in one sentence. */
  readonly impact: string;
  readonly owner: AlarmOwner;
  /** A file of `docs/runbooks`, without its ending. */
  readonly runbook: string;
};

export const alarmCatalogue = {
  "page-undelivered": {
    impact: "A safety alert reached nobody by phone; it only stands in the queue.",
    owner: "care",
    runbook: "page-undelivered",
  },
  "pages-failing": {
    impact: "The function that pages the on-call fails, so safety alerts may reach nobody.",
    owner: "care",
    runbook: "page-undelivered",
  },
  "staff-phone-stopped": {
    impact: "A phone of the on-call asked for no more texts, so pages to it may not arrive.",
    owner: "care",
    runbook: "staff-phone-stopped",
  },
  "texts-not-received": {
    impact: "Texts that participants send, a STOP or a cry for help among them, are not taken in.",
    owner: "care",
    runbook: "texts-not-received",
  },
  "opt-out-list-differs": {
    impact:
      "The provider's opt-out list could not be changed; our own gate still holds back the texts.",
    owner: "care",
    runbook: "opt-out-list-differs",
  },
  "overdue-drivers": {
    impact:
      "Participants' next steps are overdue: nothing is sent or asked for them until it is cleared.",
    owner: "care",
    runbook: "stalled-care",
  },
  "stalled-work-unsettled": {
    impact: "Work of a participant stalled and the sweep cannot move it on.",
    owner: "care",
    runbook: "stalled-care",
  },
  "sweeper-silent": {
    impact: "Nobody looks for stalled care: a lost step now stays lost.",
    owner: "operations",
    runbook: "sweeper-silent",
  },
  "effects-behind": {
    impact:
      "What commits owe is carried out late: messages, pages and next steps wait for the sweep.",
    owner: "operations",
    runbook: "effects-behind",
  },
  "unknown-sends": {
    impact: "It is not known whether messages arrived; staff must ask the participants.",
    owner: "care",
    runbook: "unknown-sends",
  },
  "messages-refused": {
    impact: "The providers refuse messages to participants.",
    owner: "care",
    runbook: "messages-refused",
  },
  "sends-failing": {
    impact: "The function that sends messages fails: participants hear nothing.",
    owner: "care",
    runbook: "messages-refused",
  },
  "delivery-reports-lost": {
    impact: "What became of messages is not recorded, so bounces and blocks are not followed up.",
    owner: "operations",
    runbook: "delivery-reports-lost",
  },
  "email-bounces": {
    impact: "So much mail bounces that the provider may stop all of it.",
    owner: "operations",
    runbook: "email-reputation",
  },
  "email-complaints": {
    impact: "So many people call our mail unwanted that the provider may stop all of it.",
    owner: "operations",
    runbook: "email-reputation",
  },
  "text-spend": {
    impact:
      "The month's limit for texts is near; at the limit no text and no page leaves any more.",
    owner: "operations",
    runbook: "text-spend",
  },
  "execution-failed": {
    impact:
      "A participant's workflow failed; the sweep starts it again, a repeat means that it cannot.",
    owner: "operations",
    runbook: "execution-failed",
  },
  "execution-timed-out": {
    impact: "A participant's workflow ran into its time limit instead of handing over.",
    owner: "operations",
    runbook: "execution-failed",
  },
  "execution-throttled": {
    impact: "Workflows wait for a quota: steps of many participants are late.",
    owner: "operations",
    runbook: "quota-near",
  },
  "execution-too-old": {
    impact: "A workflow did not hand over after 35 days and nears the limits of its history.",
    owner: "operations",
    runbook: "execution-too-old",
  },
  "open-executions": {
    impact: "The number of running workflows nears the account's quota; new ones will not start.",
    owner: "operations",
    runbook: "quota-near",
  },
  "function-failing": {
    impact:
      "A function of the care pathway fails: steps are tried again and then become staff tasks.",
    owner: "operations",
    runbook: "function-failing",
  },
  "function-throttled": {
    impact: "Functions are held back by the account's quota: pages, sends and steps are late.",
    owner: "operations",
    runbook: "quota-near",
  },
  "dead-letter-queue": {
    impact:
      "An event could not be handled: a step, a text or a report of someone waits for a person.",
    owner: "care",
    runbook: "dead-letter-queue",
  },
  "events-lost": {
    impact:
      "An event that could not be handled could not be kept either: a step, a text or a report of someone is lost.",
    owner: "care",
    runbook: "dead-letter-queue",
  },
  "tables-refuse": {
    impact: "The database refuses calls: no step, answer or decision is stored.",
    owner: "operations",
    runbook: "tables-refuse",
  },
  "audit-changed": {
    impact:
      "An entry of the audit trail was changed or removed, which no part of the system may do.",
    owner: "security",
    runbook: "audit-changed",
  },
  "audit-not-archived": {
    impact: "Entries of the audit trail are not copied to the locked archive.",
    owner: "security",
    runbook: "audit-not-archived",
  },
  "backup-failed": {
    impact: "A backup failed: after a disaster care would go back further than promised.",
    owner: "operations",
    runbook: "backup-failed",
  },
  "site-failing": {
    impact: "Public pages or the staff's API answer with errors: forms and check-ins are lost.",
    owner: "operations",
    runbook: "site-failing",
  },
  "site-slow": {
    impact: "Pages take seconds to open; people give up on forms.",
    owner: "operations",
    runbook: "site-failing",
  },
  "requests-blocked": {
    impact: "The firewall blocks many requests: an attack, or a clinic behind one address.",
    owner: "security",
    runbook: "requests-blocked",
  },
  "alarms-undelivered": {
    impact: "An alarm did not reach one of the people it is meant for.",
    owner: "operations",
    runbook: "alarms-undelivered",
  },
  "canary-failed": {
    impact: "A fictional referral did not get through intake; real ones may not either.",
    owner: "care",
    runbook: "canary-failed",
  },
} as const satisfies Readonly<Record<string, AlarmEntry>>;

export type AlarmId = keyof typeof alarmCatalogue;
