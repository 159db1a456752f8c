import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { GateRule, Message } from "../care/episode/message.ts";
import type { Policy } from "../care/program/policy.ts";
import type { MessageAnchor, MessagePlan, Program } from "../care/program/program.ts";
import type { StaffedSite } from "../care/program/staffed-time.ts";

/** Everything the send gate looks at, read fresh: never from an index. */
export type GateInput = {
  /** RFC 3339 UTC. */
  readonly now: string;
  readonly message: Message;
  readonly episode: Episode;
  /** `undefined` where the address has no record. */
  readonly contactPoint: Pick<ContactPoint, "state" | "optOut" | "verifiedAt"> | undefined;
  readonly program: Pick<Program, "messages">;
  readonly policy: Pick<Policy, "caps" | "quietHours">;
  readonly site: StaffedSite;
  /** Routine messages that were claimed. */
  readonly sent: {
    /** For the participant, in their present day and ISO week. */
    readonly today: number;
    readonly thisWeek: number;
    /** To the number or address, whoever they were for, in the site's present day. */
    readonly toNumber: number;
    /** True when the site has sent as much today as it may to those whom nobody has vouched for. */
    readonly isSiteFull: boolean;
  };
};

export const dropReasons = [
  "not-planned",
  "expired",
  "expires-before-it-may-go",
  "session-started",
  "pathway-ended",
  "on-leave",
  "deceased",
  "no-consent",
  "contact-changed",
  "contact-closed",
  "phone-not-own",
  "no-allowed-hour",
  "number-full",
] as const;
/** Why a message will never go. Stored on the message; words for people are in the rules. */
export type DropReason = (typeof dropReasons)[number];

export type SendDecision =
  | { readonly action: "send"; readonly rules: readonly GateRule[] }
  | { readonly action: "hold"; readonly until: string; readonly rules: readonly GateRule[] }
  | { readonly action: "drop"; readonly reason: DropReason; readonly rules: readonly GateRule[] };

/** The row of the message plan that a message came from; replies have none. */
export function rowOf(input: Pick<GateInput, "program" | "message">): MessagePlan | undefined {
  return input.program.messages.find((row) => row.step === input.message.step);
}

/**
 * True for a message that acknowledges a form somebody has just sent. It is an answer, so no closed day holds it; it
 * keeps the quiet hours, as nobody waits for it at night, and what follows from the form goes after it.
 */
export function isReceipt(row: Pick<MessagePlan, "anchor"> | undefined): boolean {
  return row?.anchor === "intake-received";
}

const tellingAnchors: readonly MessageAnchor[] = ["session-start", "admitted", "week-opened"];

/**
 * True for a message that tells somebody when to come: the welcome, the week's text, and the reminder of a visit. It
 * never falls to a cap or to a closed day before the visit: what it speaks of is cancelled, or stands.
 */
export function tellsWhenToCome(row: Pick<MessagePlan, "anchor"> | undefined): boolean {
  return row !== undefined && tellingAnchors.includes(row.anchor);
}

/** True for a message that the caps of its participant and number may hold. */
export function isCapped(input: Pick<GateInput, "program" | "message">): boolean {
  return input.message.class === "routine" && !tellsWhenToCome(rowOf(input));
}

/** Routine messages and schedule notices are ours to time; replies and safety messages answer a person. */
export function isPlannedClass(message: Pick<Message, "class">): boolean {
  return message.class === "routine" || message.class === "schedule-notice";
}

/**
 * A rule about when: the first instant at or after the given one that it allows, `undefined` for never.
 * It returns the given instant itself where that is allowed.
 */
export type TimeRule = {
  readonly rule: string;
  readonly next: (input: GateInput, from: string) => string | undefined;
  readonly passedWords: (input: GateInput) => string;
  readonly heldWords: (input: GateInput) => string;
};
