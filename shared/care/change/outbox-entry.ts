import * as z from "zod";
import { actorSchema } from "../episode/actor.ts";
import { medicineKinds } from "../program/medicine-kinds.ts";
import { channels } from "../program/program.ts";
import { count, date, instant, type Stored } from "../stored/fields.ts";

const channel = z.enum(channels);

const siteDayChangedSchema = z.object({
  type: z.literal("site-day-changed"),
  /** Local date at the site. */
  on: date,
  /** Sort keys of the person's sessions of that day, cancelled ones too. */
  sessionSks: z.array(z.string()),
  /** Another site has taken the person over, which rings them: nothing is sent about each session. */
  isToldByCall: z.exactOptional(z.literal(true)),
});
export type SiteDayChanged = Stored<typeof siteDayChangedSchema>;

const samePersonCommands = [
  /** Staff said that another episode, a new referral, is of the same person. */
  z.object({ type: z.literal("same-person"), episodeId: z.string() }),
  /** The new referral's words were added to the episode in which the person is in care. */
  z.object({ type: z.literal("goes-on-elsewhere"), episodeId: z.string() }),
  /** The person of the new referral was in care before. */
  z.object({ type: z.literal("came-back"), episodeId: z.string() }),
  /** They were admitted again: what followed the earlier care ends. */
  z.object({ type: z.literal("readmitted"), episodeId: z.string() }),
  /** How it stands with a medicine was recorded in the newer record: its supply is followed there. */
  z.object({
    type: z.literal("medicine-elsewhere"),
    episodeId: z.string(),
    medicine: z.enum(medicineKinds),
  }),
  /** Staff said that the two are two people after all. */
  z.object({
    type: z.literal("not-the-same"),
    episodeId: z.string(),
    /** Id of the member of staff who said it. */
    by: z.string(),
  }),
] as const;
export type SamePersonCommand = Stored<(typeof samePersonCommands)[number]>;

const apartSchema = z.object({
  type: z.literal("apart"),
  /** The record of the other person. */
  episodeId: z.string(),
  /** True where it is taken back. */
  isTakenBack: z.exactOptional(z.literal(true)),
  since: instant,
  /** Id of the member of staff who said it. */
  by: z.string(),
});
/** Staff said that somebody and this person are not to be in one group. */
export type ApartCommand = Stored<typeof apartSchema>;

/** A command owed to another aggregate, applied there with the outbox entry's id as its `commandId`. */
const deferredCommandSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("channel-closed"),
    channel,
    contactPointId: z.string(),
    why: z.string(),
  }),
  z.object({ type: z.literal("channel-reopened"), channel, contactPointId: z.string() }),
  z.object({ type: z.literal("channel-confirmed"), channel, contactPointId: z.string() }),
  z.object({
    type: z.literal("inbound-reply"),
    /** Left out for a text. */
    source: z.exactOptional(z.literal("email")),
    /** True where the person says that they need to come back to the program. */
    asksToReturn: z.exactOptional(z.literal(true)),
    sort: z.enum(["refill", "schedule", "other"]),
    noteId: z.string(),
    receivedAt: instant,
    /** True where the text is about nothing ordinary: it is read within a staffed hour. */
    isUnplaced: z.exactOptional(z.literal(true)),
  }),
  /** Their site was closed on a day, or opened again: their sessions of that day follow. */
  siteDayChangedSchema,
  ...samePersonCommands,
  apartSchema,
  z.object({
    type: z.literal("crisis-words"),
    source: z.enum(["text", "email"]),
    rule: z.string(),
    noteId: z.string(),
    /** Another listens or reads along. */
    isOverheard: z.exactOptional(z.literal(true)),
  }),
]);
export type DeferredCommand = Stored<typeof deferredCommandSchema>;

/** The kinds of work that decisions owe, each carried out at least once, so that every kind is idempotent. */
export const outboxEntryKinds = [
  z.object({ kind: z.literal("start-driver"), episodeId: z.string(), driverSk: z.string() }),
  z.object({ kind: z.literal("wake-driver"), episodeId: z.string(), driverSk: z.string() }),
  z.object({
    kind: z.literal("page"),
    episodeId: z.string(),
    escalationSk: z.string(),
    tier: count,
    attempt: count,
  }),
  z.object({ kind: z.literal("send"), episodeId: z.string(), messageSk: z.string() }),
  z.object({
    kind: z.literal("apply"),
    episodeId: z.string(),
    command: deferredCommandSchema,
  }),
  /** What concerns everybody who is reached at a contact point: a command to each of their episodes. */
  z.object({
    kind: z.literal("tell-episodes"),
    contactPointId: z.string(),
    commands: z.array(deferredCommandSchema),
    /** Words that came from there, kept with the contact point until every episode has its copy. */
    noteId: z.exactOptional(z.string()),
  }),
  /** A new referral, or a fact put right: whoever is perhaps on record already is shown to staff. */
  z.object({ kind: z.literal("look-for-same-person"), episodeId: z.string() }),
  /** A day on which a site was closed or opened again: a command to everybody who has a session that day. */
  z.object({ kind: z.literal("tell-site-day"), siteId: z.string(), on: date }),
  /** What somebody found out about a number counts for all who share it: a command to the contact point. */
  z.object({
    kind: z.literal("contact-point"),
    contactPointId: z.string(),
    channel,
    command: z.enum(["wrong-number", "verify", "reopen", "stop"]),
    /** Who found it out: the audit trail of the contact point names them. */
    by: actorSchema,
  }),
] as const;

/** Work owed after a commit, carried out from the table. */
export type OutboxEntry = Stored<(typeof outboxEntryKinds)[number]>;
