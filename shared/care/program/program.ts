/**
 * A compiled program: care as data. Written by program designers as YAML, checked and compiled by
 * `throughcare program publish`, pinned by version to every episode. Numbers carry their unit.
 */

export const modalities = [
  "individual",
  "group",
  "family",
  "psychoeducation",
  "medication-management",
  "skills",
  "holistic",
  "case-management",
  "assessment",
  "peer-support",
] as const;
export type Modality = (typeof modalities)[number];

export const staffFunctions = [
  "case-manager",
  "clinician",
  "clinical-lead",
  "prescriber",
  "nurse",
  "group-leader",
  "peer",
  "supervisor",
  "front-desk",
  "site-lead",
] as const;
/** A function in the care team; a task goes to a function, then to a person. */
export type StaffFunction = (typeof staffFunctions)[number];

export const messageClasses = ["routine", "schedule-notice", "reply", "safety"] as const;
export type MessageClass = (typeof messageClasses)[number];

export const channels = ["sms", "email"] as const;
export type Channel = (typeof channels)[number];

/** One weekly place in the timetable. */
export type SessionSlot = {
  /** Stable key, unique in the program, e.g. `mon-group`. */
  readonly slot: string;
  /** ISO day of week, 1 = Monday. */
  readonly dayOfWeek: number;
  /** Wall time `HH:MM` in the site's zone. */
  readonly startTime: string;
  readonly durationMinutes: number;
  readonly modality: Modality;
  /** For staff only; never sent. */
  readonly title: string;
  /** Every n-th program week; 1 = every week. */
  readonly everyWeeks: number;
  /** False where an earlier session of the same day is reminded already. Without it, reminded. */
  readonly remind?: boolean;
};

/** What a planned message is timed from. */
export const messageAnchors = [
  "intake-received",
  "forms-asked",
  "admitted",
  "declined",
  "waiting",
  "week-opened",
  "session-start",
  "measures-asked",
  "missed-session",
  "discharge-approved",
  "check-in-opened",
  "aftercare-closed",
] as const;
export type MessageAnchor = (typeof messageAnchors)[number];

/** One row of the program's message plan. */
export type MessagePlan = {
  /** Stable key, unique in the program; part of the message's business key. */
  readonly step: string;
  readonly templateId: string;
  readonly class: MessageClass;
  /** The first of these that the participant consented to and that is open is used. */
  readonly channelOrder: readonly Channel[];
  readonly anchor: MessageAnchor;
  /** Signed offset from the anchor in minutes. */
  readonly offsetMinutes: number;
  /** Wall-time window in the participant's zone; sends spread over it. */
  readonly window: { readonly from: string; readonly to: string };
  /** Dropped when it could not go out this many hours after its planned instant. */
  readonly expiresAfterHours: number;
  /** What its link opens, when it has one. */
  readonly link?: "forms" | "check-in" | "my-week";
  /** Only plan it in these circumstances. */
  readonly onlyWhen?: "week-one" | "missed-in-14-days" | "reminder";
};

export type Approval = {
  readonly decidedBy: readonly StaffFunction[];
  readonly dueHours: number;
  /** Who gets it when nobody decided in time. */
  readonly escalateTo: StaffFunction;
  readonly escalateEveryHours: number;
};

export type OutreachRung = {
  readonly rung: string;
  /** Staffed minutes after the previous rung (after the no-show was entered, for the first). */
  readonly afterStaffedMinutes: number;
  readonly action: "message" | "call" | "contact-person" | "welfare-decision" | "letter";
  /** For `message`: the step of the message plan. */
  readonly messageStep?: string;
  readonly assignTo: StaffFunction;
  /** The task's sentence for staff. */
  readonly words: string;
};

export type CheckInPlan = {
  /** 1-based, in order of day. */
  readonly number: number;
  readonly day: number;
  readonly kind: "staff-call" | "check-in";
  /** Days before and after `day` in which it counts. */
  readonly windowDays: number;
};

export type CheckInQuestion = {
  readonly id: string;
  /** Text by language. */
  readonly text: Readonly<Record<string, string>>;
  readonly answer:
    | { readonly type: "scale"; readonly minimum: number; readonly maximum: number }
    | { readonly type: "days"; readonly maximum: number }
    | { readonly type: "yes-no" }
    | { readonly type: "instrument"; readonly instrumentId: string };
  /** Rules that a given answer sets off; the highest action wins. */
  readonly actions: readonly {
    readonly when: {
      readonly atLeast?: number;
      readonly atMost?: number;
      readonly equals?: boolean;
    };
    readonly action: "same-day-call" | "call-within-48-hours";
    /** Reason in words for staff. */
    readonly reason: string;
  }[];
};

export const dispositions = [
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
] as const;
export type Disposition = (typeof dispositions)[number];

export const safetyTiers = ["RED", "ORANGE", "YELLOW", "ROUTINE"] as const;
export type SafetyTier = (typeof safetyTiers)[number];

export const owedKinds = [
  "same-day-call",
  "call-within-48-hours",
  "safety-review",
  "welfare",
] as const;
/** What is owed to a person, as far as its urgency goes. */
export type OwedKind = (typeof owedKinds)[number];

export type Program = {
  readonly programId: string;
  readonly version: number;
  /** SHA-256 of the compiled content, hex. */
  readonly contentHash: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly levelOfCare: string;
  readonly weeklyHours: {
    readonly minimumHours: number;
    readonly targetHours: number;
    readonly maximumHours: number;
    readonly countingModalities: readonly Modality[];
  };
  /** Days of the week with a session that counts, for one participant. */
  readonly sessionDays?: { readonly minimum: number; readonly maximum: number };
  readonly weeks: { readonly minimum: number; readonly planned: number; readonly maximum: number };
  readonly sessions: readonly SessionSlot[];
  readonly intake: {
    /** Instruments asked at intake, by id. */
    readonly instruments: readonly string[];
    readonly formsWindowDays: number;
    /** After this many hours without forms a person is asked to call. */
    readonly outreachAfterHours: number;
  };
  readonly suitability: readonly {
    readonly rule: string;
    readonly when:
      | { readonly instrumentId: string; readonly totalAtLeast: number }
      | { readonly instrumentId: string; readonly totalBelow: number }
      | { readonly fact: "pregnant" | "injects" | "under-18" | "recent-higher-care" };
    readonly proposes: "suitable" | "refer-up" | "refer-down" | "clinician-decides";
    readonly words: string;
  }[];
  readonly approvals: {
    readonly admission: Approval;
    readonly weekReview: Approval;
    readonly discharge: Approval;
    readonly closing: Approval;
  };
  readonly measures: readonly {
    readonly instrumentId: string;
    /** Asked in week 1 + n * everyWeeks. */
    readonly everyWeeks: number;
  }[];
  readonly messages: readonly MessagePlan[];
  readonly outreach: {
    readonly missedSession: readonly OutreachRung[];
    readonly missedCheckIn: readonly OutreachRung[];
    readonly missedForms: readonly OutreachRung[];
  };
  readonly discharge: {
    readonly checklist: readonly {
      readonly item: string;
      readonly words: string;
      readonly requiredFor: readonly Disposition[];
    }[];
    readonly remindAfterHours: number;
    readonly dispositions: readonly Disposition[];
  };
  readonly aftercare: {
    readonly checkIns: readonly CheckInPlan[];
    readonly questions: readonly CheckInQuestion[];
    /** A check-in may be answered for this many days after it opened. */
    readonly answerWindowDays: number;
    /** The first contact after discharge is a staff call within this many hours. */
    readonly firstCallWithinHours: number;
  };
  readonly safety: {
    /** Lowest item value that raises each tier, by instrument item. */
    readonly itemRules: readonly {
      readonly instrumentId: string;
      readonly itemId: string;
      readonly atLeast: number;
      readonly tier: SafetyTier;
      readonly reason: string;
    }[];
    /** Real minutes, by tier, until a person must have spoken with the participant. */
    readonly contactWithinMinutes: Readonly<Record<SafetyTier, number>>;
    /** Paging: who is paged in turn, and after how many unacknowledged minutes the next is. */
    readonly pageTiers: readonly {
      readonly rota: "primary" | "backup" | "supervisor";
      readonly acknowledgeWithinMinutes: number;
      readonly repeatEveryMinutes: number;
    }[];
    /**
     * An alert that nobody takes is paged for ever, but no phone helps that rings every few minutes for
     * weeks: from so many hours after it was raised, pages repeat this seldom. In order of the hours.
     */
    readonly slowerPages: readonly {
      readonly afterHours: number;
      readonly repeatEveryMinutes: number;
    }[];
    /** Work owed to a person that is not done by its time; missing in what was published before it was known. */
    readonly owedWork?: {
      /** Real minutes that a clinician has before it goes to the clinical lead. */
      readonly clinicianMinutes: number;
      /** Tier of the alert raised when the clinical lead gets it; ROUTINE raises none and pages nobody. */
      readonly tiers: Readonly<Record<OwedKind, SafetyTier>>;
    };
  };
};
