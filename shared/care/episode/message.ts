import type { Channel, MessageClass } from "../program/program.ts";
import type { ItemBase } from "./item-base.ts";

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
