import * as z from "zod";
import { channels, messageClasses } from "../program/program.ts";
import { count, date, instant, type Stored, wallTime } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";

const messageStatus = z.enum([
  "PLANNED",
  "CLAIMED",
  "ACCEPTED",
  "DELIVERED",
  "FAILED",
  "UNKNOWN",
  "SUPPRESSED",
  "CANCELLED",
]);
export type MessageStatus = z.output<typeof messageStatus>;

const gateRule = z.object({
  rule: z.string(),
  outcome: z.enum(["passed", "holds", "drops"]),
  words: z.string(),
  until: z.exactOptional(instant),
});
/** One rule the send gate applied, in words. */
export type GateRule = Stored<typeof gateRule>;

export const messageSchema = z.object({
  ...itemBase,
  kind: z.literal("message"),
  messageId: z.string(),
  driverId: z.exactOptional(z.string()),
  step: z.string(),
  occurrence: z.string(),
  templateId: z.string(),
  class: z.enum(messageClasses),
  channel: z.enum(channels),
  contactPointId: z.string(),
  status: messageStatus,
  plannedAt: instant,
  /** The instant that its offset counts from: it is timed anew from there where the person's zone is corrected. */
  anchorAt: z.exactOptional(instant),
  /** When what it links to closes. */
  linkEndsAt: z.exactOptional(instant),
  /** Not before this instant. Moves when the gate holds it. */
  sendAt: instant,
  expiresAt: instant,
  window: z.object({ from: wallTime, to: wallTime }),
  attempts: count,
  claimedAt: z.exactOptional(instant),
  /** Where its claim was counted beside the participant: given back with the claim. */
  counted: z.exactOptional(
    z.object({
      /** Local date at the site. */
      on: date,
      /** True for a message to a number that nobody had vouched for. */
      atSite: z.boolean(),
    }),
  ),
  acceptedAt: z.exactOptional(instant),
  settledAt: z.exactOptional(instant),
  providerMessageId: z.exactOptional(z.string()),
  /** The provider's own word for what it last reported. */
  providerStatus: z.exactOptional(z.string()),
  /** Why it was suppressed, cancelled, failed, or is being held. */
  reason: z.exactOptional(z.string()),
  linkId: z.exactOptional(z.string()),
  /** When the visit is that it speaks of: `{time}` and `{dayWord}` are the wall time there. */
  aboutAt: z.exactOptional(instant),
  /** When the visit was before it was moved, for `{was}`. */
  wasAt: z.exactOptional(instant),
  /** The visit is online: its time is told where the participant is. */
  isOnline: z.exactOptional(z.literal(true)),
  lastGate: z.exactOptional(z.array(gateRule)),
});
export type Message = Stored<typeof messageSchema>;

/**
 * What a message is about, whether it was planned once or again: a message that is asked for again after a fact was
 * put right carries the version of the episode behind what it is about.
 */
export function firstOccurrence(occurrence: string): string {
  return occurrence.replace(/-v\d+$/, "");
}
