import * as z from "zod";
import { medicineKinds } from "../program/medicine-kinds.ts";
import { aftercareTracks, dispositions } from "../program/program.ts";
import { safetyTiers } from "../program/safety-tiers.ts";
import { serviceKinds } from "../program/service-kinds.ts";
import { auditChain, count, date, instant, type Stored } from "../stored/fields.ts";
import { owedWork } from "./care-task.ts";
import { medicineStatesSchema } from "./medicine-state.ts";
import { planStatesSchema } from "./plan-state.ts";
import { releaseStateSchema } from "./release-state.ts";
import { screenStatesSchema } from "./screen-state.ts";
import { serviceStanding } from "./service-standing.ts";
import { episodeStatuses } from "./status.ts";

export const phoneKind = z.enum(["own", "shared", "work", "held-by-staff"]);
export type PhoneKind = z.output<typeof phoneKind>;

const reachPoint = z.object({
  contactPointId: z.string(),
  kind: phoneKind,
  /** When staff entered it in place of another: what vouched for that one says nothing about it. */
  since: z.exactOptional(instant),
});
/** The participant's way to be reached on one channel. The address itself lives in `identity`. */
export type ReachPoint = Stored<typeof reachPoint>;

/** How a person says to staff what they agree to. */
export const consentWays = ["phone", "paper", "in-person"] as const;
export type ConsentWay = (typeof consentWays)[number];

const consentState = z.object({
  grantedAt: z.exactOptional(instant),
  withdrawnAt: z.exactOptional(instant),
  wordingVersion: z.exactOptional(z.string()),
  /** How staff heard it, who wrote it down, and the note that holds the wording; a form of the person's own has none. */
  how: z.exactOptional(z.enum(consentWays)),
  recordedBy: z.exactOptional(z.string()),
  noteId: z.exactOptional(z.string()),
});
/** A consent of the participant's own: staff write down what the person said, referrers cannot give it. */
export type ConsentState = Stored<typeof consentState>;

const weekHours = z.object({
  week: count,
  startsOn: date,
  /** Counting minutes only. */
  expectedMinutes: z.number(),
  attendedMinutes: z.number(),
  isFullWeek: z.boolean(),
  /** What closed days took from the week: minutes that count, and whether it would be a full week without them. */
  closed: z.exactOptional(z.object({ minutes: z.number(), isFullOtherwise: z.boolean() })),
  byDay: z.record(z.string(), z.number()),
  closedAt: z.exactOptional(instant),
});
export type WeekHours = Stored<typeof weekHours>;

/** The track of groups that somebody is in from a local date on. */
const groupTrack = z.object({ track: z.string(), from: date });

/** Why is kept in `identity`, for staff who may read it. */
const apartFrom = z.object({
  episodeId: z.string(),
  since: instant,
  /** Id of the member of staff who said it. */
  by: z.string(),
});

const scoreEntry = z.object({
  instrumentId: z.string(),
  scoredAt: instant,
  total: z.number(),
  band: z.string(),
  positive: z.boolean(),
  occasion: z.string(),
});
export type ScoreEntry = Stored<typeof scoreEntry>;

const leave = z.object({
  kind: z.string(),
  since: instant,
  expectedReturnOn: z.exactOptional(date),
  contactKeptBy: z.string(),
  /** Services that were asked for when it began. */
  paused: z.exactOptional(z.array(z.enum(serviceKinds))),
});
const waitingList = z.object({
  since: instant,
  reason: z.string(),
  calls: count,
  nextCallAt: instant,
});

const endedItem = z.object({
  /** Sort key under the episode. */
  sk: z.string(),
  /** What it was, in the words of its kind. */
  status: z.string(),
  /** Of a workflow run: the step it stood at. */
  step: z.exactOptional(z.string()),
  /** Of work that was owed to the person: to whom it was still to go. */
  owed: z.exactOptional(owedWork),
});
/** One item of the episode as it stood before the care was ended. */
export type EndedItem = Stored<typeof endedItem>;

const whatStood = z.object({
  recordedAt: instant,
  /** The phase, and what belongs to it. */
  status: z.enum(episodeStatuses),
  hold: z.exactOptional(leave),
  waiting: z.exactOptional(waitingList),
  disposition: z.exactOptional(z.enum(dispositions)),
  dischargedAt: z.exactOptional(instant),
  unreachedContacts: count,
  timeZone: z.string(),
  /** The weeks that were under way, before their sessions were taken out. */
  weeks: z.array(weekHours),
  items: z.array(endedItem),
});
/** What was ended by a record of staff that may turn out to be a mistake: it is put right from this. */
export type WhatStood = Stored<typeof whatStood>;

/** How another record of the same person stands to this one. */
export const otherRecordKinds = ["goes-on-in", "joined-from", "earlier", "later"] as const;

/** What a referral knows of somebody that decisions look at. */
const referralFacts = z.object({
  pregnant: z.exactOptional(z.boolean()),
  injects: z.exactOptional(z.boolean()),
  recentHigherCareOn: z.exactOptional(date),
});

/** What a new record takes from the one of earlier care where it does not say it itself. */
export const carriedFacts = [
  "preferredName",
  "pronouns",
  "recordNumber",
  "safeTimes",
  "accessNeeds",
  "reachBy",
  "emergencyContact",
] as const;
const carriedConsents = ["sms", "email", "voicemail"] as const;

const takenOver = z.object({
  /** The note that holds the other record's words. */
  noteId: z.exactOptional(z.string()),
  /** Facts of the other record, and what stood here in their place. */
  facts: z.exactOptional(z.object({ added: referralFacts, before: referralFacts })),
  /** Facts that stand in `identity`, as far as nobody has corrected them here. */
  profile: z.exactOptional(z.array(z.enum(carriedFacts))),
  consents: z.exactOptional(z.array(z.enum(carriedConsents))),
  medicines: z.exactOptional(z.array(z.enum(medicineKinds))),
  /** Releases, by the numbers that they have here. */
  releases: z.exactOptional(z.array(count)),
  /** Medicines whose supply is followed in the other record since. */
  suppliesEnded: z.exactOptional(z.array(z.enum(medicineKinds))),
});
/** What came from another record into this one, or went there: it is given back where the two are of two people. */
export type TakenOver = Stored<typeof takenOver>;

export const otherRecordSchema = z.object({
  episodeId: z.string(),
  how: z.enum(otherRecordKinds),
  at: instant,
  /** Missing where it was said before this was kept. */
  took: z.exactOptional(takenOver),
  /** What was ended here because care goes on in the other record. */
  stood: z.exactOptional(whatStood),
});
export type OtherRecord = Stored<typeof otherRecordSchema>;

/**
 * The root of an episode of care: what decisions need, nothing that identifies a person.
 * `version` moves on care decisions alone.
 */
export const episodeSchema = z.object({
  kind: z.literal("episode"),
  episodeId: z.string(),
  participantId: z.string(),
  reference: z.string(),
  siteId: z.string(),
  programId: z.string(),
  programVersion: count,
  /** The version they were moved from last, when and by whom; gone again where that was taken back. */
  versionMove: z.exactOptional(z.object({ from: count, at: instant, by: z.string() })),
  status: z.enum(episodeStatuses),
  version: count,
  audit: auditChain,
  /** The last commands with their answers, each one text as the store writes it. */
  recentCommands: z.array(z.string()),
  /** Sort keys of the items that are open; a superset, compacted by each decision. */
  open: z.array(z.string()),
  timeZone: z.string(),
  language: z.string(),
  source: z.enum(["self", "referrer", "partner", "staff"]),
  createdAt: instant,
  reach: z.object({
    sms: z.exactOptional(reachPoint),
    email: z.exactOptional(reachPoint),
    reachBy: z.exactOptional(z.boolean()),
  }),
  consents: z.object({
    sms: consentState,
    email: consentState,
    voicemail: z.boolean(),
    aftercare: z.exactOptional(consentState),
  }),
  facts: z.object({
    under18: z.boolean(),
    /** Nobody knows the birth date yet: what the person agrees to starts no messages before it is written down. */
    birthDateUnknown: z.exactOptional(z.literal(true)),
    pregnant: z.exactOptional(z.boolean()),
    injects: z.exactOptional(z.boolean()),
    interpreter: z.exactOptional(z.boolean()),
    recentHigherCareOn: z.exactOptional(date),
    /** Postal code of the state in which the person lives; the address stands in `identity`. */
    homeState: z.exactOptional(z.string()),
    /** Instruments whose answers are complete. */
    answeredInstruments: z.array(z.string()),
  }),
  scores: z.array(scoreEntry),
  admittedOn: z.exactOptional(date),
  /** The current program week, from 1. */
  week: z.exactOptional(count),
  /** The tracks of groups they were moved to, in order; before the first, the program's own. */
  groupTracks: z.exactOptional(z.array(groupTrack)),
  /** Who pays for them from which local date on, as staff said; nobody whom the program names where it is missing. */
  payers: z.exactOptional(z.array(z.object({ payer: z.exactOptional(z.string()), from: date }))),
  /** Records of people with whom they are not to be in one group; each of the two says it. */
  apartFrom: z.exactOptional(z.array(apartFrom)),
  weeks: z.array(weekHours),
  lastNoShowAt: z.exactOptional(instant),
  /** The participant's own day on which they were last written to about a missed session: once a day. */
  missedTextOn: z.exactOptional(date),
  /** The no-shows that stand, in the order of their sessions. */
  noShows: z.exactOptional(z.array(z.object({ sessionId: z.string(), at: instant }))),
  hold: z.exactOptional(leave),
  /** Words said that another listens or reads along: nothing is sent by itself until a clinician is done with them. */
  notAlone: z.exactOptional(z.object({ occasion: z.string(), since: instant })),
  openEscalations: z.array(z.object({ escalationId: z.string(), tier: z.enum(safetyTiers) })),
  /** When the last RED or ORANGE alert was raised that has been closed as more than words. */
  lastDangerAt: z.exactOptional(instant),
  lastClinicianAssessedItem9: z.exactOptional(z.object({ value: z.number(), at: instant })),
  /** Items of the discharge checklist that were done while the last week ran, before the discharge is planned. */
  dischargeItems: z.exactOptional(z.record(z.string(), instant)),
  disposition: z.exactOptional(z.enum(dispositions)),
  dischargedAt: z.exactOptional(instant),
  aftercareEndsOn: z.exactOptional(date),
  /** What decides how often somebody looks after the discharge. */
  aftercare: z.exactOptional(
    z.object({
      /** The contact before the one that is planned. */
      last: z.exactOptional(z.object({ number: count, row: count, day: count })),
      /** The local day of the first visit after the discharge, as it was agreed. */
      firstVisitOn: z.exactOptional(date),
      /** Check-ins in a row that were answered and asked for nothing; calls of staff are not counted. */
      steady: count,
      /** Until this local date contacts come closer together: who spoke with the person decided so. */
      closerUntil: z.exactOptional(date),
      /** Who goes on with the aftercare since they confirmed it; before that, whoever has the work of its function. */
      keptBy: z.exactOptional(z.object({ staffId: z.string(), since: instant })),
      /** How often somebody looks, where a person decided on something else than the program's days. */
      track: z.exactOptional(z.object({ name: z.enum(aftercareTracks), since: instant })),
    }),
  ),
  unreachedContacts: count,
  /** When the person was last spoken with, seen, or heard from in writing or by answers; tries do not count. */
  lastContact: z.exactOptional(
    z.object({
      at: instant,
      how: z.enum(["spoke", "came", "wrote", "answered"]),
      /** The member of staff who spoke with them last. */
      by: z.exactOptional(z.string()),
    }),
  ),
  closedAt: z.exactOptional(instant),
  closingReason: z.exactOptional(z.string()),
  /** The plans that were written with the person, as far as decisions look at them. */
  plans: z.exactOptional(planStatesSchema),
  /** The staff screens that were asked, each as it was asked last. */
  screens: z.exactOptional(screenStatesSchema),
  /** The medicines whose supply is followed, each as it was recorded last. */
  medicines: z.exactOptional(medicineStatesSchema),
  /** The other services: how many records there are of each. None is changed; what they say lives in `identity`. */
  services: z.exactOptional(z.partialRecord(z.enum(serviceKinds), count)),
  /** How far they are with each as far as decisions look at it, and the last day on which it took place. */
  serviceStates: z.exactOptional(z.partialRecord(z.enum(serviceKinds), serviceStanding)),
  /** Who may be told about the person, as far as decisions look at it: the days of each release, by its number from 1 on. */
  releases: z.exactOptional(z.array(releaseStateSchema)),
  /** Leaders of whom it was asked, or said, that they lead sessions online for the person without a licence there. */
  outsideLicence: z.exactOptional(z.array(z.object({ leaderId: z.string(), state: z.string() }))),
  /** On the waiting list: only a person admits or takes off it. */
  waiting: z.exactOptional(waitingList),
  /** Other records of the same person, as staff said: the older and the newer, and what was added to which. */
  others: z.exactOptional(z.array(otherRecordSchema)),
  /** What stood when a death was recorded; gone again where that is put right. */
  death: z.exactOptional(whatStood),
});
export type Episode = Stored<typeof episodeSchema>;
