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
      "shared/messages/gate-facts.ts",
      "shared/messages/gate-times.ts",
      "shared/messages/number-caps.ts",
      "shared/messages/check-in-hours.ts",
    ],
    tests: ["test/shared/messages/{send-gate,message-times,plan-messages,consent}*.test.ts"],
    isStrict: false,
  },
  {
    name: "claim",
    sources: ["shared/sending/claim-message.ts", "shared/store/message-ledger.ts"],
    tests: ["test/shared/sending/claim-message.test.ts"],
    isStrict: true,
  },
  {
    name: "safety",
    sources: [
      "shared/care/safety/{climb-owed-work,find-escalation,finish-with-reason,may-ask-safely}.ts",
      "shared/care/safety/{move-alert,raise-escalation,safety-lock}.ts",
      "workflows/escalation/*.ts",
    ],
    tests: [
      "test/workflows/escalation/*.test.ts",
      "test/shared/care/safety/{climb-owed-work,alerts}.test.ts",
      "test/shared/care/program/staffed-time.test.ts",
      "test/shared/messages/apply-deferred.test.ts",
    ],
    isStrict: true,
  },
  {
    name: "authorization",
    sources: [
      "functions/staff-api/{authenticate,identify-request,run-command,find-by-id}.ts",
      "functions/staff-api/people/find-episode.ts",
    ],
    tests: ["test/functions/staff-api/{access,care,tasks,input}.test.ts"],
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
      "test/functions/participant-site/links.test.ts",
    ],
    isStrict: true,
  },
  {
    name: "audit",
    sources: [
      "shared/store/audit-entry.ts",
      "shared/audit/*.ts",
      "functions/archive-audit/archive-audit.ts",
    ],
    tests: ["test/shared/{audit,store}/audit*.test.ts", "test/functions/archive-audit/*.test.ts"],
    isStrict: false,
  },
  {
    name: "hours",
    sources: [
      "shared/care/program/staffed-time.ts",
      "shared/care/sessions/hours.ts",
      "shared/care/time/{wall-window,zoned-time}.ts",
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
    ],
    isStrict: false,
  },
];
