import * as z from "zod";
import { type PhoneKind, phoneKind } from "../episode/episode.ts";
import { type Channel, channels } from "../program/program.ts";
import { auditChain, count, instant, type Stored } from "../stored/fields.ts";

export const contactPointStates = ["open", "opted-out", "wrong-number", "failed"] as const;
/** Whether the address may be written to; one attribute, so that a claim can be conditioned on it. */
export type ContactPointState = (typeof contactPointStates)[number];

/**
 * A phone number or address, whoever shares it. Its id is a keyed hash; the address itself lives in
 * `identity`. Its own aggregate: one STOP is one commit, effective at once for all who share it.
 */
export const contactPointSchema = z.object({
  kind: z.literal("contact-point"),
  contactPointId: z.string(),
  channel: z.enum(channels),
  ownership: phoneKind,
  state: z.enum(contactPointStates),
  optOut: z.exactOptional(z.object({ at: instant, how: z.string() })),
  hardFailedAt: z.exactOptional(instant),
  failure: z.exactOptional(z.string()),
  wrongNumberAt: z.exactOptional(instant),
  verifiedAt: z.exactOptional(instant),
  version: count,
  audit: auditChain,
  /** The last command ids that took effect. */
  recentCommands: z.array(z.string()),
});
export type ContactPoint = Stored<typeof contactPointSchema>;

/** An address that nobody has said anything about yet. Version 0: its first commit makes it 1. */
export function newContactPoint(input: {
  readonly contactPointId: string;
  readonly channel: Channel;
  readonly ownership?: PhoneKind;
  readonly verifiedAt?: string;
}): ContactPoint {
  return {
    kind: "contact-point",
    contactPointId: input.contactPointId,
    channel: input.channel,
    ownership: input.ownership ?? "own",
    state: "open",
    version: 0,
    audit: { sequence: 0, hash: "" },
    recentCommands: [],
    ...(input.verifiedAt === undefined ? {} : { verifiedAt: input.verifiedAt }),
  };
}

/** The state that follows from what is known; the participant's own word counts most. */
export function stateOf(point: Omit<ContactPoint, "state">): ContactPointState {
  if (point.optOut !== undefined) return "opted-out";
  if (point.wrongNumberAt !== undefined) return "wrong-number";
  return point.hardFailedAt === undefined ? "open" : "failed";
}
