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

const unit = "test/unit";
const contract = "test/contract";

/** Every part, in the order in which they run. Each ends within twenty minutes on two cores. */
export const mutantParts: readonly MutantPart[] = [
  {
    name: "consent",
    sources: ["shared/messages/consent.ts", "shared/care/contact-points/decide-contact-point.ts"],
    tests: [
      `${unit}/domain-send-gate.test.ts`,
      `${unit}/domain-send-gate-always.test.ts`,
      `${unit}/domain-contact-point.test.ts`,
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
    tests: [
      `${unit}/domain-send-gate.test.ts`,
      `${unit}/domain-send-gate-always.test.ts`,
      `${unit}/domain-message-times.test.ts`,
      `${unit}/messages-planning.test.ts`,
    ],
    isStrict: false,
  },
  {
    name: "claim",
    sources: ["shared/sending/claim-message.ts", "shared/store/message-ledger.ts"],
    tests: [
      "test/simulation/number-caps.test.ts",
      `${contract}/shared-numbers.test.ts`,
      `${contract}/confirmed-numbers.test.ts`,
    ],
    isStrict: true,
  },
  {
    name: "safety",
    sources: [
      "shared/care/safety/climb-owed-work.ts",
      "shared/care/safety/find-escalation.ts",
      "shared/care/safety/finish-with-reason.ts",
      "shared/care/safety/may-ask-safely.ts",
      "shared/care/safety/move-alert.ts",
      "shared/care/safety/raise-escalation.ts",
      "shared/care/safety/safety-lock.ts",
      "workflows/escalation/*.ts",
    ],
    tests: [
      `${unit}/pathway-escalation.test.ts`,
      `${unit}/review-alerts-stay-alert.test.ts`,
      `${unit}/review-words-are-heard.test.ts`,
      `${unit}/domain-owed-work.test.ts`,
      `${unit}/act-under-way.test.ts`,
      `${unit}/domain-staffed-time.test.ts`,
      `${unit}/commands-deferred.test.ts`,
    ],
    isStrict: true,
  },
  {
    name: "authorization",
    sources: [
      "functions/staff-api/authenticate.ts",
      "functions/staff-api/identify-request.ts",
      "functions/staff-api/run-command.ts",
      "functions/staff-api/people/find-episode.ts",
      "functions/staff-api/find-by-id.ts",
    ],
    tests: [
      `${contract}/access.test.ts`,
      `${contract}/staff-care.test.ts`,
      `${contract}/staff-tasks.test.ts`,
      `${contract}/staff-input.test.ts`,
    ],
    isStrict: true,
  },
  {
    name: "tokens",
    sources: [
      "shared/aws/secrets/hmac-secrets.ts",
      "shared/aws/secrets/secret-versions.ts",
      "shared/aws/sign-in/verify-access-token.ts",
      "shared/store/find-link.ts",
      "shared/store/load-link-target.ts",
      "functions/participant-site/http/link-session.ts",
      "functions/participant-site/http/sealed-cookie.ts",
    ],
    tests: [
      `${contract}/secret-rotation.test.ts`,
      `${contract}/access-token.test.ts`,
      `${contract}/local-adapters.test.ts`,
      `${contract}/outside-keys.test.ts`,
      `${unit}/participant-links.test.ts`,
      `${unit}/participant-two-people.test.ts`,
      `${unit}/participant-shared-device.test.ts`,
    ],
    isStrict: true,
  },
  {
    name: "audit",
    sources: ["shared/store/audit-entry.ts", "functions/archive-audit/archive-audit.ts"],
    tests: [`${contract}/contention.test.ts`],
    isStrict: false,
  },
  {
    name: "hours",
    sources: [
      "shared/care/program/staffed-time.ts",
      "shared/care/sessions/hours.ts",
      "shared/care/time/wall-window.ts",
      "shared/care/time/zoned-time.ts",
      "shared/care/time/zone-offsets.ts",
    ],
    tests: [
      `${unit}/domain-staffed-time.test.ts`,
      `${unit}/domain-hours.test.ts`,
      `${unit}/domain-zoned-time.test.ts`,
      `${unit}/domain-message-times.test.ts`,
      `${unit}/domain-send-gate.test.ts`,
      `${unit}/domain-sessions.test.ts`,
    ],
    isStrict: false,
  },
  {
    name: "ladders",
    sources: [
      "shared/care/ladders/move-ladder.ts",
      "shared/care/ladders/start-outreach.ts",
      "workflows/outreach/*.ts",
    ],
    tests: [
      `${unit}/pathway-outreach.test.ts`,
      `${unit}/commands-ladder-outcomes.test.ts`,
      `${unit}/domain-attendance.test.ts`,
    ],
    isStrict: false,
  },
];
