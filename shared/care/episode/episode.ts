import type {
  Channel,
  Disposition,
  MessageClass,
  Modality,
  SafetyTier,
  StaffFunction,
} from "../program/program.ts";
import type { EpisodeStatus } from "./status.ts";
import type { WorkflowName } from "./workflow-name.ts";

/** Who did it: a person, the participant, or the software on its own clock. */
export type Actor =
  | {
      readonly kind: "staff";
      readonly staffId: string;
      readonly functions: readonly StaffFunction[];
    }
  | { readonly kind: "participant"; readonly participantId: string }
  | { readonly kind: "partner"; readonly partnerId: string }
  | { readonly kind: "system"; readonly part: string };

export type PhoneKind = "own" | "shared" | "work" | "held-by-staff";

/** The participant's way to be reached on one channel. The address itself lives in `identity`. */
export type ReachPoint = { readonly contactPointId: string; readonly kind: PhoneKind };

/** A consent of the participant's own; staff and referrers cannot give it. */
export type ConsentState = {
  readonly grantedAt?: string;
  readonly withdrawnAt?: string;
  readonly wordingVersion?: string;
};

export type WeekHours = {
  readonly week: number;
  readonly startsOn: string;
  /** Counting minutes only. */
  readonly expectedMinutes: number;
  readonly attendedMinutes: number;
  readonly isFullWeek: boolean;
  readonly byDay: Readonly<Record<string, number>>;
  readonly closedAt?: string;
};

export type ScoreEntry = {
  readonly instrumentId: string;
  readonly scoredAt: string;
  readonly total: number;
  readonly band: string;
  readonly positive: boolean;
  readonly occasion: string;
};

/**
 * The root of an episode of care: what decisions need, nothing that identifies a person.
 * `version` moves on care decisions alone.
 */
export type Episode = {
  readonly kind: "episode";
  readonly episodeId: string;
  readonly participantId: string;
  readonly reference: string;
  readonly siteId: string;
  readonly programId: string;
  readonly programVersion: number;
  readonly status: EpisodeStatus;
  readonly version: number;
  readonly audit: { readonly sequence: number; readonly hash: string };
  /** The last commands with their answers, each one text as the store writes it. */
  readonly recentCommands: readonly string[];
  /** Sort keys of the items that are open; a superset, compacted by each decision. */
  readonly open: readonly string[];
  readonly timeZone: string;
  readonly language: string;
  readonly source: "self" | "referrer" | "partner" | "staff";
  readonly createdAt: string;
  readonly reach: {
    readonly sms?: ReachPoint;
    readonly email?: ReachPoint;
    readonly reachBy?: boolean;
  };
  readonly consents: {
    readonly sms: ConsentState;
    readonly email: ConsentState;
    readonly voicemail: boolean;
    readonly aftercare?: ConsentState;
  };
  readonly facts: {
    readonly under18: boolean;
    readonly pregnant?: boolean;
    readonly injects?: boolean;
    readonly interpreter?: boolean;
    readonly recentHigherCareOn?: string;
    /** Instruments whose answers are complete. */
    readonly answeredInstruments: readonly string[];
  };
  readonly scores: readonly ScoreEntry[];
  readonly admittedOn?: string;
  /** The current program week, from 1. */
  readonly week?: number;
  readonly weeks: readonly WeekHours[];
  readonly lastNoShowAt?: string;
  /** The no-shows that stand, in the order of their sessions. */
  readonly noShows?: readonly { readonly sessionId: string; readonly at: string }[];
  readonly hold?: {
    readonly kind: string;
    readonly since: string;
    readonly expectedReturnOn?: string;
    readonly contactKeptBy: string;
  };
  readonly openEscalations: readonly { readonly escalationId: string; readonly tier: SafetyTier }[];
  readonly lastClinicianAssessedItem9?: { readonly value: number; readonly at: string };
  readonly disposition?: Disposition;
  readonly dischargedAt?: string;
  readonly aftercareEndsOn?: string;
  readonly unreachedContacts: number;
  readonly closedAt?: string;
  readonly closingReason?: string;
  /** On the waiting list: only a person admits or takes off it. */
  readonly waiting?: {
    readonly since: string;
    readonly reason: string;
    readonly calls: number;
    readonly nextCallAt: string;
  };
};

type ItemBase = {
  /** Sort key under the episode. */
  readonly sk: string;
  readonly version: number;
};

export type DriverStatus = "dormant" | "running" | "lost" | "done";
/** A workflow that should be running, or should start later. Lives beside its episode. */
export type Driver = ItemBase & {
  readonly kind: "driver";
  readonly driverId: string;
  readonly workflow: WorkflowName;
  /** What it is about: the episode, a week, a check-in number, an outreach or an escalation. */
  readonly subject: string;
  readonly generation: number;
  readonly step: string;
  readonly status: DriverStatus;
  readonly startAt?: string;
  readonly expectedBy?: string;
  /** Acts since the last wait that changed nothing: a machine must not run in circles. */
  readonly idleSteps?: number;
  /** Ids and numbers the workflow's steps need, e.g. `{ week: 3 }`. */
  readonly data: Readonly<Record<string, string | number>>;
};

/** A registered wait: the task token is inside and never leaves the store and its adapters. */
export type Hold = ItemBase & {
  readonly kind: "hold";
  readonly driverId: string;
  readonly generation: number;
  readonly token: string;
  readonly holdUntil: string;
  readonly enteredAt: string;
  readonly retryCount: number;
  readonly status: "waiting" | "resolved";
};

export type MessageStatus =
  | "PLANNED"
  | "CLAIMED"
  | "ACCEPTED"
  | "DELIVERED"
  | "FAILED"
  | "UNKNOWN"
  | "SUPPRESSED"
  | "CANCELLED";

export type Message = ItemBase & {
  readonly kind: "message";
  readonly messageId: string;
  readonly driverId?: string;
  readonly step: string;
  readonly occurrence: string;
  readonly templateId: string;
  readonly class: MessageClass;
  readonly channel: Channel;
  readonly contactPointId: string;
  readonly status: MessageStatus;
  readonly plannedAt: string;
  /** Not before this instant. Moves when the gate holds it. */
  readonly sendAt: string;
  readonly expiresAt: string;
  readonly window: { readonly from: string; readonly to: string };
  readonly attempts: number;
  readonly claimedAt?: string;
  /** Where its claim was counted beside the participant: given back with the claim. */
  readonly counted?: {
    /** Local date at the site. */
    readonly on: string;
    /** True for a message to a number that nobody had vouched for. */
    readonly atSite: boolean;
  };
  readonly acceptedAt?: string;
  readonly settledAt?: string;
  readonly providerMessageId?: string;
  /** The provider's own word for what it last reported. */
  readonly providerStatus?: string;
  /** Why it was suppressed, cancelled, failed, or is being held. */
  readonly reason?: string;
  readonly linkId?: string;
  /** Wall time words for `{time}` and `{dayWord}`, from this instant in the participant's zone. */
  readonly aboutAt?: string;
  readonly lastGate?: readonly GateRule[];
};

/** One rule the send gate applied, in words. */
export type GateRule = {
  readonly rule: string;
  readonly outcome: "passed" | "holds" | "drops";
  readonly words: string;
  readonly until?: string;
};

export const taskKinds = [
  "admission-approval",
  "week-review-approval",
  "discharge-approval",
  "closing-approval",
  "first-contact-call",
  "forms-call",
  "outreach-call",
  "outreach-decision",
  "aftercare-call",
  "check-in-call",
  "safety-follow-up",
  "mark-attendance",
  "hours-review",
  "message-gap",
  "workflow-problem",
  "discharge-checklist",
  "interpreted-call",
  "channel-needed",
  "inbound-reply",
  "staff-opt-out",
  "clinician-review",
  "waiting-call",
] as const;
export type TaskKind = (typeof taskKinds)[number];

export type TaskOption = { readonly value: string; readonly words: string };

/** One function that owed work goes to where it is not done by then. */
export type OwedStep = {
  readonly to: StaffFunction;
  readonly at: string;
  readonly takenAt?: string;
};

/** Work owed to a person: no ending of a pathway ends it, and where nobody does it, it climbs. */
export type OwedWork = {
  /** Tier of the alert that is raised with the last step; ROUTINE raises none. */
  readonly tier: SafetyTier;
  /** With the rule, the business key of that alert. */
  readonly occurrence: string;
  /** In order of time. */
  readonly steps: readonly OwedStep[];
};

/** A piece of work for a person. Approvals are tasks whose decision moves the pathway. */
export type CareTask = ItemBase & {
  readonly kind: "task";
  readonly taskId: string;
  readonly taskKind: TaskKind;
  readonly status: "open" | "done" | "cancelled";
  readonly isApproval: boolean;
  readonly assignedFunction: StaffFunction;
  readonly assignedTo?: string;
  readonly priority: "safety" | "urgent" | "normal";
  /** Why it is here, in one sentence for staff; no names. */
  readonly words: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly snoozedUntil?: string;
  /** What it is about: driver, session, check-in, message or escalation. */
  readonly about?: { readonly type: string; readonly id: string };
  readonly driverId?: string;
  /** Facts that were on the table when it was opened: scores, hours. */
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  /** Present where it is owed to the person: a call of the same day, a welfare decision. */
  readonly owed?: OwedWork;
  readonly proposal?: string;
  /** The member of staff who asked for it; somebody else approves. */
  readonly requestedBy?: string;
  readonly decision?: {
    readonly decision: "approved" | "rejected";
    readonly decidedBy: string;
    readonly decidedAt: string;
    /** Number of the audit entry beside which the reason in words is kept, apart from care state. */
    readonly reasonEntry: number;
    readonly choice?: string;
    /** The decision takes effect at this instant: it can be retracted before. */
    readonly effectiveAt: string;
  };
  readonly outcome?: {
    readonly code: string;
    readonly recordedBy: string;
    readonly recordedAt: string;
    readonly noteId?: string;
  };
};

export const attendanceStatuses = [
  "present",
  "late",
  "left-early",
  "excused",
  "no-show",
  "on-the-way",
] as const;
export type AttendanceStatus = (typeof attendanceStatuses)[number];

export type Session = ItemBase & {
  readonly kind: "session";
  readonly sessionId: string;
  readonly groupSessionId: string;
  readonly slot: string;
  readonly week: number;
  /** Local date at the site. */
  readonly on: string;
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
  readonly timeZone: string;
  readonly modality: Modality;
  readonly counts: boolean;
  readonly status: "planned" | "cancelled" | "closed";
  /** Cancelled by a discharge that can still be reversed: it would come back with the person. */
  readonly mayReturn?: true;
  /** How far people have been asked about its attendance: during it, or at its end. */
  readonly asked?: "during" | "at-end";
  readonly attendance?: {
    readonly status: AttendanceStatus;
    readonly attendedMinutes: number;
    readonly arrivedAt?: string;
    readonly leftAt?: string;
    readonly recordedBy: string;
    readonly recordedAt: string;
    readonly corrections: number;
  };
};

/** A request to answer instruments, and what came of it. */
export type FormRequest = ItemBase & {
  readonly kind: "form";
  readonly formId: string;
  /** `intake`, `week-3`, ... */
  readonly occasion: string;
  readonly instruments: readonly string[];
  readonly status: "asked" | "answered" | "ended";
  readonly askedAt: string;
  readonly endsAt: string;
  /** Answers so far, by instrument and item: saved page by page. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly submissions: readonly string[];
  readonly answeredAt?: string;
  /** How often people were asked to go after missing answers. */
  readonly outreachRounds?: number;
};

export type CheckIn = ItemBase & {
  readonly kind: "check-in";
  readonly checkInId: string;
  readonly number: number;
  readonly checkInKind: "staff-call" | "check-in";
  readonly status: "planned" | "open" | "answered" | "missed" | "cancelled";
  readonly dueAt: string;
  readonly openedAt?: string;
  readonly endsAt?: string;
  readonly answeredAt?: string;
  readonly linkId?: string;
  readonly answers: Readonly<Record<string, number | boolean>>;
  readonly action?: "none" | "same-day-call" | "call-within-48-hours";
  readonly reasons: readonly string[];
  readonly submissions: readonly string[];
  /** When the pathway took the answer in; until then an answered check-in is open work. */
  readonly assessedAt?: string;
};

export type Outreach = ItemBase & {
  readonly kind: "outreach";
  readonly outreachId: string;
  readonly ladder: "missedSession" | "missedCheckIn" | "missedForms";
  readonly about: { readonly type: "session" | "check-in" | "form"; readonly id: string };
  readonly status: "climbing" | "reached" | "decision-needed" | "withdrawn";
  /** Index of the next rung to climb. */
  readonly nextRung: number;
  /** Counts the climbs, from 1: a person may decide to start over. */
  readonly round?: number;
  readonly nextRungAt: string;
  readonly startedAt: string;
  readonly outcome?: string;
};

export type Escalation = ItemBase & {
  readonly kind: "escalation";
  readonly escalationId: string;
  readonly tier: SafetyTier;
  readonly status: "open" | "acknowledged" | "contacted" | "closed";
  readonly raisedAt: string;
  readonly contactDueAt: string;
  /** Code of the rule that raised it, and what it was about; no answers in words. */
  readonly trigger: {
    readonly source:
      | "instrument"
      | "text"
      | "email"
      | "check-in"
      | "staff"
      | "medication"
      | "overdue-work";
    readonly rule: string;
    readonly about?: string;
    readonly value?: number;
  };
  readonly reason: string;
  /** Which of the program's page tiers is being paged, from 0. */
  readonly pageTier: number;
  readonly pageAttempt: number;
  readonly lastPagedAt?: string;
  /** When the present tier ends and the next one begins. */
  readonly tierEndsAt: string;
  readonly acknowledgements: readonly { readonly by: string; readonly at: string }[];
  readonly contacts: readonly {
    readonly by: string;
    readonly at: string;
    readonly outcome: string;
  }[];
  readonly closure?: { readonly by: string; readonly at: string; readonly outcome: string };
  /** A word match locks nothing until a clinician confirms it. */
  readonly confirmed: boolean;
  /** True where the words speak of an act under way: contact, sent help or two clinicians close it. */
  readonly isActUnderWay?: true;
  /** Clinicians who have read the words of an act under way and find no danger, without contact. */
  readonly readings?: readonly { readonly by: string; readonly at: string }[];
};

export type EpisodeItem =
  | Driver
  | Hold
  | Message
  | CareTask
  | Session
  | FormRequest
  | CheckIn
  | Outreach
  | Escalation;

export type OpenState = {
  readonly episode: Episode;
  readonly items: ReadonlyMap<string, EpisodeItem>;
};

/** True while an item still matters to decisions; closed ones leave the open list. */
export function isOpenItem(item: EpisodeItem): boolean {
  switch (item.kind) {
    case "driver":
      return item.status !== "done";
    case "hold":
      return item.status === "waiting";
    case "message":
      return item.status === "PLANNED" || item.status === "CLAIMED" || item.status === "UNKNOWN";
    case "task":
      return item.status === "open";
    case "session":
      return item.status === "planned" || item.mayReturn === true;
    case "form":
      return item.status === "asked";
    case "check-in":
      return (
        item.status === "planned" ||
        item.status === "open" ||
        (item.status === "answered" && item.assessedAt === undefined)
      );
    case "outreach":
      return item.status === "climbing" || item.status === "decision-needed";
    case "escalation":
      return item.status !== "closed";
  }
}
