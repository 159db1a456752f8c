import type { Disposition, SafetyTier } from "../program/program.ts";
import type { EpisodeStatus } from "./status.ts";

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
