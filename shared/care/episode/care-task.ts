import type { SafetyTier, StaffFunction } from "../program/program.ts";
import type { ItemBase } from "./item-base.ts";
import type { TaskKind } from "./task-kinds.ts";

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

/** A function that got a task because the one before did not do it in time; the deadline stays. */
export type HandedUp = {
  readonly from: StaffFunction;
  readonly to: StaffFunction;
  readonly at: string;
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
  /** Who got it since because it was not done in time, the first one first. */
  readonly handedUp?: readonly HandedUp[];
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
