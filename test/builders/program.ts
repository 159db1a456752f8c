// Long because it builds a whole program, and a program has many parts.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Policy } from "../../shared/care/program/policy.ts";
import type { MessageAnchor, MessagePlan, Program } from "../../shared/care/program/program.ts";
import type { Site } from "../../shared/care/program/site.ts";
import { policyFileSchema } from "../../shared/contracts/program-seed-files.ts";

function row(
  step: string,
  anchor: MessageAnchor,
  more: Partial<Omit<MessagePlan, "step" | "anchor">> = {},
): MessagePlan {
  return {
    step,
    templateId: step,
    class: "routine",
    channelOrder: ["sms", "email"],
    anchor,
    offsetMinutes: 0,
    window: { from: "09:00", to: "19:00" },
    expiresAfterHours: 72,
    ...more,
  };
}

const notice = {
  class: "schedule-notice",
  window: { from: "06:00", to: "21:00" },
  expiresAfterHours: 336,
} as const;

const messages: readonly MessagePlan[] = [
  row("intake-received", "intake-received"),
  row("ask-forms", "forms-asked", { link: "forms" }),
  row("remind-forms-1", "forms-asked", {
    link: "forms",
    offsetMinutes: 1440,
    onlyWhen: "reminder",
    templateId: "remind-forms",
  }),
  row("remind-forms-2", "forms-asked", {
    link: "forms",
    offsetMinutes: 2880,
    onlyWhen: "reminder",
    templateId: "remind-forms",
  }),
  row("welcome", "admitted"),
  row("refer-on", "declined"),
  row("waiting", "waiting"),
  row("session-reminder", "session-start", { offsetMinutes: -1200, onlyWhen: "week-one" }),
  row("session-reminder", "session-start", { offsetMinutes: -1200, onlyWhen: "missed-in-14-days" }),
  row("weekly-text", "week-opened", { link: "my-week" }),
  row("measures", "measures-asked", { link: "forms" }),
  row("session-booked", "session-booked", notice),
  row("session-cancelled", "session-cancelled", notice),
  row("session-held", "session-held", notice),
  row("session-off", "session-off", notice),
  row("session-on", "session-on", notice),
  row("session-moved", "session-moved", notice),
  row("session-online", "session-online", notice),
  row("session-on-site", "session-on-site", notice),
  row("missed-session", "missed-session", { expiresAfterHours: 10 }),
  row("discharged", "discharge-approved"),
  row("check-in", "check-in-opened", { link: "check-in" }),
  row("check-in-reminder-1", "check-in-opened", {
    link: "check-in",
    offsetMinutes: 1440,
    onlyWhen: "reminder",
    templateId: "check-in-reminder",
  }),
  row("aftercare-closed", "aftercare-closed", { expiresAfterHours: 168 }),
];

const approval = {
  decidedBy: ["case-manager", "clinician", "clinical-lead"],
  dueHours: 24,
  escalateTo: "clinical-lead",
  escalateEveryHours: 24,
} as const;

function slot(
  name: string,
  dayOfWeek: number,
  startTime: string,
  durationMinutes: number,
  modality: Program["sessions"][number]["modality"],
): Program["sessions"][number] {
  return {
    slot: name,
    dayOfWeek,
    startTime,
    durationMinutes,
    modality,
    title: name,
    everyWeeks: 1,
  };
}

/** A small adult program: three session days, 9 h a week, six weeks. */
export function buildProgram(overrides: Partial<Program> = {}): Program {
  return {
    programId: "adult-iop",
    version: 1,
    contentHash: "0".repeat(64),
    name: "Adult program",
    languages: ["en", "es"],
    levelOfCare: "intensive-outpatient",
    weeklyHours: {
      minimumHours: 9,
      targetHours: 9,
      maximumHours: 15,
      countingModalities: ["group", "individual", "skills"],
    },
    weeks: { minimum: 4, planned: 6, maximum: 8 },
    sessions: [
      slot("mon-group", 1, "09:00", 180, "group"),
      slot("wed-skills", 3, "09:00", 180, "skills"),
      slot("thu-individual", 4, "09:00", 180, "individual"),
    ],
    intake: { instruments: ["phq-9", "gad-7"], formsWindowDays: 14, outreachAfterHours: 72 },
    screens: [
      {
        screenId: "in-the-room",
        title: "Asked in the room",
        assignTo: "nurse",
        questions: [
          {
            id: "housing",
            asks: "housing",
            text: { en: "Where will you sleep?" },
            options: [
              { value: 0, text: { en: "At home" } },
              { value: 1, text: { en: "Nowhere" } },
            ],
            opens: [{ atLeast: 1, work: "housing", reason: "Housing is not stable" }],
          },
        ],
      },
    ],
    suitability: [
      {
        rule: "higher-care-recently",
        when: { fact: "recent-higher-care" },
        proposes: "clinician-decides",
        words: "Left higher care in the last 30 days.",
      },
      {
        rule: "under-18",
        when: { fact: "under-18" },
        proposes: "clinician-decides",
        words: "Under 18: intake is a call by staff.",
      },
      {
        rule: "severe-score",
        when: { instrumentId: "phq-9", totalAtLeast: 20 },
        proposes: "refer-up",
        words: "PHQ-9 is 20 or more.",
      },
      {
        rule: "positive-score",
        when: { instrumentId: "phq-9", totalAtLeast: 10 },
        proposes: "suitable",
        words: "PHQ-9 is 10 or more.",
      },
      {
        rule: "low-score",
        when: { instrumentId: "phq-9", totalBelow: 5 },
        proposes: "refer-down",
        words: "PHQ-9 is below 5.",
      },
    ],
    approvals: {
      admission: approval,
      weekReview: approval,
      discharge: approval,
      closing: approval,
    },
    measures: [
      { instrumentId: "phq-9", everyWeeks: 2 },
      { instrumentId: "gad-7", everyWeeks: 2 },
    ],
    messages,
    outreach: {
      missedSession: [
        {
          rung: "text",
          afterStaffedMinutes: 15,
          action: "message",
          messageStep: "missed-session",
          assignTo: "case-manager",
          words: "A neutral text asks the person to call.",
        },
        {
          rung: "first-call",
          afterStaffedMinutes: 45,
          action: "call",
          assignTo: "case-manager",
          words: "Call the person.",
        },
        {
          rung: "welfare-decision",
          afterStaffedMinutes: 120,
          action: "welfare-decision",
          assignTo: "clinician",
          words: "Decide whether a welfare check is needed.",
        },
      ],
      missedCheckIn: [
        {
          rung: "first-call",
          afterStaffedMinutes: 60,
          action: "call",
          assignTo: "case-manager",
          words: "Call the person about the check-in.",
        },
      ],
      missedForms: [
        {
          rung: "first-call",
          afterStaffedMinutes: 60,
          action: "call",
          assignTo: "case-manager",
          words: "Call the person about the forms.",
        },
      ],
    },
    discharge: {
      checklist: [
        {
          item: "suicide-screen",
          words: "Suicide screen asked by a staff member.",
          requiredFor: ["completed", "transfer-up", "transfer-down"],
        },
        {
          item: "follow-up-visit",
          words: "Follow-up visit within 7 days.",
          requiredFor: ["completed", "transfer-down", "coverage-ended"],
        },
        {
          item: "supervisor-review",
          words: "Supervisor has reviewed the record.",
          requiredFor: ["left-before-completing", "lost-contact"],
        },
      ],
      remindAfterHours: 24,
      stepUpWithinStaffedMinutes: 240,
      dispositions: [
        "completed",
        "transfer-up",
        "transfer-down",
        "left-before-completing",
        "lost-contact",
        "administrative",
        "coverage-ended",
        "hospitalised",
        "incarcerated",
        "moved",
        "deceased",
      ],
    },
    aftercare: {
      checkIns: [
        { number: 1, day: 2, kind: "staff-call", windowDays: 1 },
        { number: 2, day: 7, kind: "check-in", windowDays: 1 },
        { number: 3, day: 30, kind: "check-in", windowDays: 3 },
      ],
      questions: [
        {
          id: "phq-2",
          text: { en: "How often have you been bothered?" },
          answer: { type: "instrument", instrumentId: "phq-2" },
          actions: [
            { when: { atLeast: 3 }, action: "call-within-48-hours", reason: "PHQ-2 is 3 or more." },
          ],
        },
        {
          id: "wants-call",
          text: { en: "Would you like a call?" },
          answer: { type: "yes-no" },
          actions: [
            { when: { equals: true }, action: "same-day-call", reason: "Asked for a call." },
          ],
        },
      ],
      answerWindowDays: 7,
      firstCallWithinHours: 72,
    },
    safety: {
      itemRules: [
        {
          instrumentId: "phq-9",
          itemId: "phq9-9",
          atLeast: 1,
          tier: "YELLOW",
          reason: "PHQ-9 item 9 answered 1",
        },
        {
          instrumentId: "phq-9",
          itemId: "phq9-9",
          atLeast: 2,
          tier: "ORANGE",
          reason: "PHQ-9 item 9 answered 2",
        },
        {
          instrumentId: "phq-9",
          itemId: "phq9-9",
          atLeast: 3,
          tier: "RED",
          reason: "PHQ-9 item 9 answered 3",
        },
      ],
      contactWithinMinutes: { RED: 60, ORANGE: 240, YELLOW: 480, ROUTINE: 2880 },
      paging: {
        RED: "until-contact",
        ORANGE: "until-contact",
        YELLOW: "until-read",
        ROUTINE: "nobody",
      },
      reading: {
        withinMinutes: 60,
        remindAfterMinutes: 30,
        callNowWithinMinutes: 60,
        callAt: "09:00",
      },
      pageTiers: [
        { rota: "primary", acknowledgeWithinMinutes: 15, repeatEveryMinutes: 5 },
        { rota: "backup", acknowledgeWithinMinutes: 15, repeatEveryMinutes: 5 },
        { rota: "supervisor", acknowledgeWithinMinutes: 15, repeatEveryMinutes: 5 },
      ],
      welfareToday: {
        daysAfterHigherCare: 14,
        daysAfterDanger: 14,
        programWeeks: 1,
        missedModalities: ["medication-management"],
      },
      slowerPages: [
        { afterHours: 24, repeatEveryMinutes: 60 },
        { afterHours: 168, repeatEveryMinutes: 720 },
      ],
      owedWork: {
        clinicianMinutes: 120,
        tiers: {
          "same-day-call": "YELLOW",
          "call-within-48-hours": "ROUTINE",
          "safety-review": "YELLOW",
          welfare: "ORANGE",
        },
      },
    },
    ...overrides,
  };
}

const workdays = [1, 2, 3, 4, 5];

/** A site in New York, staffed on workdays from 08:00 to 18:00, with a named on-call. */
export function buildSite(overrides: Partial<Site> = {}): Site {
  return {
    siteId: "riverside",
    version: 1,
    name: "Riverside (fictional)",
    senderName: "Riverside Office",
    phone: "+12125550110",
    timeZone: "America/New_York",
    programs: ["adult-iop"],
    senders: {
      sms: "+12125550111",
      email: "office@riverside.example.org",
      replyTo: "reply@riverside.example.org",
      staffPages: "+12125550112",
    },
    staffedHours: workdays.map((dayOfWeek) => ({ dayOfWeek, from: "08:00", to: "18:00" })),
    closures: [],
    rota: [],
    onCall: {
      primary: { staffId: "avery", name: "Avery Chen (fictional)", phone: "+12125550113" },
      backup: { staffId: "casey", name: "Casey Morgan (fictional)", phone: "+12125550114" },
      supervisor: { staffId: "taylor", name: "Taylor Brooks (fictional)", phone: "+12125550115" },
    },
    ...overrides,
  };
}

/** The rules that ship: danger is found by them in every test. */
const shippedCrisisWords = policyFileSchema.parse(
  parse(readFileSync("programs/policy.yaml", "utf8")),
).crisisWords;

export function buildPolicy(overrides: Partial<Policy> = {}): Policy {
  return {
    policyVersion: 1,
    crisisWords: shippedCrisisWords,
    stopWords: ["STOP"],
    startWords: ["START"],
    helpWords: ["HELP"],
    refillWords: ["refill"],
    scheduleWords: ["reschedule"],
    caps: {
      inProgram: { perDay: 2, perWeek: 7 },
      inAftercare: { perDay: 1, perWeek: 3 },
      perNumber: { perDay: 40 },
      unconfirmedNumber: { perDay: 1 },
      unconfirmedAddress: { perDay: 4 },
      unconfirmedAtSite: { perDay: 400 },
    },
    quietHours: {
      routine: { from: "09:00", to: "20:00" },
      scheduleNotice: { from: "06:00", to: "21:00" },
    },
    crisisText: { en: "Call or text 988 now.", es: "Llame al 988 ahora." },
    forbiddenWords: { en: ["therapy"], es: ["terapia"] },
    legalText: {},
    ...overrides,
  };
}
