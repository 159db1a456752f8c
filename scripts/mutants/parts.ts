/** A part of the product whose rules are mutated together, and the tests that must notice. */
export type MutantPart = {
  readonly name: string;
  /** What is mutated: files of the product, relative to the project. */
  readonly sources: readonly string[];
  /** The tests that are asked, relative to the project: those of the part alone, so that a run ends soon. */
  readonly tests: readonly string[];
  /** True where no mutant at all may survive but the equivalent ones. */
  readonly isStrict: boolean;
};

/** Every part, in the order in which they run. Each ends within twenty minutes on two cores. */
export const mutantParts: readonly MutantPart[] = [
  {
    name: "consent",
    sources: ["shared/messages/consent.ts", "shared/care/contact-points/decide-contact-point.ts"],
    tests: [
      "test/shared/messages/consent.test.ts",
      "test/shared/care/contact-points/decide-contact-point.test.ts",
    ],
    isStrict: true,
  },
  {
    name: "send-gate",
    sources: [
      "shared/messages/send-gate.ts",
      "shared/messages/gate-times.ts",
      "shared/messages/check-in-hours.ts",
    ],
    tests: [
      "test/shared/messages/*.test.ts",
      "test/shared/sending/{claim-message,compose-message,settle-messages}.test.ts",
      "test/workflows/aftercare/*.test.ts",
      "test/workflows/outreach/missed-text.test.ts",
      "test/functions/receive-sms/receive-sms.test.ts",
    ],
    isStrict: false,
  },
  {
    name: "claim",
    sources: ["shared/sending/claim-message.ts"],
    tests: ["test/shared/sending/claim-message.test.ts"],
    isStrict: true,
  },
  {
    name: "safety",
    sources: [
      "shared/care/safety/{assessed-item,climb-owed-work,find-escalation,finish-with-reason}.ts",
      "shared/care/safety/{may-ask-safely,move-alert,raise-escalation,raise-for-words,safety-lock}.ts",
      "workflows/escalation/*.ts",
    ],
    tests: [
      "test/workflows/escalation/*.test.ts",
      "test/workflows/run/{complete-task,next-step,step-names}.test.ts",
      "test/shared/care/safety/{climb-owed-work,finish-with-reason,move-alert}.test.ts",
      "test/shared/care/safety/{passed-on,raise-for-words,safety-lock}.test.ts",
      "test/shared/care/tasks/{end-task,late-work}.test.ts",
      "test/shared/care/program/staffed-time.test.ts",
      "test/shared/messages/apply-deferred.test.ts",
      "test/functions/staff-site/{act-under-way,alert-to-be-read}.test.ts",
      "test/simulation/owed-work.test.ts",
    ],
    isStrict: true,
  },
  {
    name: "authorization",
    sources: [
      "functions/staff-api/{authenticate,serve-route}.ts",
      "shared/staff/{find-by-id,staff-member}.ts",
      "shared/staff/people/find-episode.ts",
      "workflows/run/commands/on-episode.ts",
    ],
    tests: [
      "test/functions/staff-api/{access,care,tasks,input}.test.ts",
      "test/shared/staff/find-by-id.test.ts",
      "test/workflows/run/commands/on-episode.test.ts",
    ],
    isStrict: true,
  },
  {
    name: "tokens",
    sources: [
      "shared/aws/secrets/*.ts",
      "shared/aws/sign-in/verify-access-token.ts",
      "shared/store/{find-link,load-link-target}.ts",
    ],
    tests: [
      "test/shared/aws/secrets/*.test.ts",
      "test/shared/aws/sign-in/*.test.ts",
      "test/functions/participant-site/{links,check-in}.test.ts",
    ],
    isStrict: true,
  },
  {
    name: "audit",
    sources: [
      "shared/store/{audit-chain,audit-entry}.ts",
      "functions/archive-audit/{archive-audit,read-image}.ts",
    ],
    tests: [
      "test/functions/archive-audit/archive-audit.test.ts",
      "test/shared/store/{audit-chain,audit-entry,audit-order}.test.ts",
    ],
    isStrict: false,
  },
  {
    name: "hours",
    sources: [
      "shared/care/program/staffed-time.ts",
      "shared/care/sessions/hours.ts",
      "shared/care/time/zoned-time.ts",
    ],
    tests: [
      "test/shared/care/{program,sessions,time}/*.test.ts",
      "test/shared/messages/message-times.test.ts",
    ],
    isStrict: false,
  },
  {
    name: "ladders",
    sources: ["shared/care/ladders/*.ts", "workflows/outreach/*.ts"],
    tests: [
      "test/workflows/outreach/*.test.ts",
      "test/workflows/weekly-program/record-attendance.test.ts",
      "test/workflows/run/{complete-task,look-at-run}.test.ts",
      "test/shared/care/ladders/*.test.ts",
      "test/shared/care/tasks/end-task.test.ts",
    ],
    isStrict: false,
  },
];
