// Long because every body that staff send about a person is here, each with its sentence.
import * as z from "zod";
import { attendanceStatuses } from "../care/episode/attendance-status.ts";
import { readAnswers } from "../care/episode/escalation.ts";
import { medicineKinds } from "../care/program/medicine-kinds.ts";
import { maxPlanCharacters, maxPlanLines, planKinds } from "../care/program/plan-kinds.ts";
import { aftercareTracks, dispositions } from "../care/program/program.ts";
import { screenResults, serviceKinds, serviceStates } from "../care/program/service-kinds.ts";
import { releaseWays } from "../care/services/releases.ts";
import { line, phoneField } from "./intake-request.ts";
import { consentRecordSchema } from "./person-bodies.ts";
import { usState } from "./program-seed-files.ts";

const reason = z
  .string()
  .trim()
  .min(1, "say why, in a few words")
  .max(1000, "is longer than 1000 characters");
const version = z.int("must be the version you read").min(1);
const instant = z.iso.datetime({
  offset: false,
  error: "must be an instant in UTC, such as 2027-01-15T15:00:00Z",
});
const date = z.iso.date("must be a date, such as 2027-01-15");

/** `POST /tasks/{id}/decision` */
export const decisionBodySchema = z.strictObject({
  decision: z.enum(["approved", "rejected"], "must be approved or rejected"),
  reason,
  version,
  /** Among several ways to approve: admit now or wait for a place, for one. */
  choice: z.exactOptional(z.string().max(40)),
  /** Admitted although a group is full; the reason says why. */
  isOverCapacity: z.exactOptional(z.literal(true)),
  /** Admitted although a group is online, and no licence of its leader is on record for where they live. */
  isOutsideLicence: z.exactOptional(z.literal(true)),
});

export const retractBodySchema = z.strictObject({ version: z.exactOptional(version) });

/** `POST /tasks/{id}/outcome` */
export const outcomeBodySchema = z.strictObject({
  outcome: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, "must be an outcome code"),
  note: z.exactOptional(z.string().max(2000, "is longer than 2000 characters")),
  safetyConcern: z.exactOptional(z.boolean()),
  version: z.exactOptional(version),
  answers: z.exactOptional(z.record(z.string().max(60), z.union([z.number(), z.boolean()]))),
  consents: z.exactOptional(consentRecordSchema),
  visitOn: z.exactOptional(date),
  /** Who is to go on with the aftercare, where that is handed over. */
  receiverId: z.exactOptional(z.string().min(1).max(64)),
  /** Taken over from another site although a group is full; the note says why. */
  isOverCapacity: z.exactOptional(z.literal(true)),
});

export const snoozeBodySchema = z.strictObject({
  until: instant,
  reason: z.exactOptional(reason),
  version: z.exactOptional(version),
});
export const assignBodySchema = z.strictObject({
  staffId: z.string().min(1).max(64),
  version: z.exactOptional(version),
});

/** `POST /escalations/{id}/…` */
export const acknowledgementBodySchema = z.strictObject({ version: z.exactOptional(version) });
export const readingBodySchema = z.strictObject({
  answer: z.enum(readAnswers, "must be call-now or call-in-the-morning"),
});
export const contactBodySchema = z.strictObject({
  outcome: z.enum(
    ["spoke-with-participant", "help-sent", "not-reached"],
    "must be spoke-with-participant, help-sent or not-reached",
  ),
  note: z.exactOptional(z.string().max(2000)),
  /** A clinician has read the words that matched and finds danger in them. */
  confirmed: z.exactOptional(z.literal(true, "must be true, or be left out")),
});
export const closureBodySchema = z.strictObject({
  outcome: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, "must be an outcome code"),
  reason,
  /** What the clinician assessed, for an alert from a suicide item. */
  assessedItemValue: z.exactOptional(z.int().min(0).max(3)),
});

/** `PUT /sessions/{id}/attendance` */
export const attendanceBodySchema = z
  .array(
    z.strictObject({
      episodeId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "must be the id of an episode"),
      status: z.enum(attendanceStatuses, `must be one of ${attendanceStatuses.join(", ")}`),
      arrivedAt: z.exactOptional(instant),
      leftAt: z.exactOptional(instant),
      reason: z.exactOptional(z.string().max(500)),
      mood: z.exactOptional(
        z
          .int("must be a whole number from 0 to 10")
          .min(0, "must be a whole number from 0 to 10")
          .max(10, "must be a whole number from 0 to 10")
          .describe("Of the round: from 0, as bad as can be, to 10, as good as can be"),
      ),
      presence: z.exactOptional(
        z
          .strictObject({ address: line(200), state: usState, callback: phoneField })
          .describe("Where the person is who comes online, and the number to call back"),
      ),
      safetyConcern: z.exactOptional(
        z.boolean().describe("Of the round: true raises a safety alert"),
      ),
    }),
  )
  .min(1, "name at least one person")
  .max(50, "takes at most 50 people");

/** `POST /episodes/{id}/group-track`: which groups somebody comes to from a day on. */
export const groupTrackBodySchema = z.strictObject({
  track: z.string().min(1, "must not be empty").max(60, "must be at most 60 characters"),
  from: date,
  /** Put in although a group of it is full. */
  isOverCapacity: z.exactOptional(z.literal(true)),
  /** Put in although a group of it is online, and no licence of its leader is on record for where they live. */
  isOutsideLicence: z.exactOptional(z.literal(true)),
  reason,
});

/** `POST /episodes/{id}/payer`: who pays for somebody from a day on. */
export const payerBodySchema = z.strictObject({
  payer: z
    .nullable(z.string().min(1, "must not be empty").max(40, "must be at most 40 characters"))
    .describe("A payer of the program by its key; null for none that it names: the usual rule"),
  from: date.describe("The first day; without it, from the beginning").exactOptional(),
  reason,
});

/** An id, because care state holds no free text. */
const keeper = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9.-]*$/, "must be the id of the member of staff who keeps contact");

export const holdBodySchema = z.strictObject({
  kind: z.enum(
    ["hospital", "detox", "jail", "medical", "family", "vacation"],
    "must be hospital, detox, jail, medical, family or vacation",
  ),
  expectedReturnOn: z.exactOptional(date),
  contactKeptBy: keeper,
  reason,
});
/** `POST /episodes/{id}/aftercare-keeper` */
export const keeperBodySchema = z.strictObject({ keptBy: keeper, reason });
/** `POST /episodes/{id}/aftercare-track` */
export const trackBodySchema = z.strictObject({
  track: z.enum(
    [...aftercareTracks, "program-days"],
    "must be weekly-calls, stretched or program-days",
  ),
  reason,
});
/** `POST /episodes/{id}/reach-confirmation` */
export const confirmReachBodySchema = z.strictObject({
  channel: z.enum(["sms", "email"], "must be sms or email"),
  reason,
});
export const reasonBodySchema = z.strictObject({ reason });
/** `POST /episodes/{id}/resume` */
export const resumeBodySchema = z.strictObject({
  /** Taken back although a group is full by now. */
  isOverCapacity: z.exactOptional(z.literal(true)),
  reason,
});
export const transitionBodySchema = z.strictObject({
  to: z.enum(
    ["discharge", "admit", "reverse-discharge"],
    "must be discharge, admit or reverse-discharge",
  ),
  disposition: z.exactOptional(z.enum(dispositions)),
  /** Admitted or taken back although a group is full. */
  isOverCapacity: z.exactOptional(z.literal(true)),
  reason,
});
/** `POST /episodes/{id}/plans` */
export const planBodySchema = z.strictObject({
  planKind: z.enum(planKinds, `must be one of ${planKinds.join(", ")}`),
  sections: z.record(
    z.string().max(40),
    z
      .string()
      .max(maxPlanCharacters, `is longer than ${maxPlanCharacters} characters: one printed page`)
      .refine(
        (text) => text.trim().split(/\r\n|\r|\n/).length <= maxPlanLines,
        `has more than ${maxPlanLines} lines: one printed page`,
      ),
  ),
  /** True where the person wants to find it on their own page. */
  isShown: z.boolean("must be true or false"),
  /** The version you read; 0 where there was none. */
  version: z.int("must be the version you read").min(0),
  safetyConcern: z.exactOptional(z.boolean()),
});

/** `POST /episodes/{id}/measures` */
export const measureBodySchema = z.strictObject({
  instrumentId: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be the id of an instrument"),
  answers: z.record(z.string().max(60), z.int("must be the number of an answer").min(0).max(1000)),
  mode: z.enum(
    ["in-person", "phone", "interpreter", "paper"],
    "must be in-person, phone, interpreter or paper",
  ),
});
/** `POST /episodes/{id}/check-ins` */
export const checkInBodySchema = z.strictObject({
  number: z.int("must be the number of a check-in").min(1).max(1000),
  /** By question; what was not asked is left out. */
  answers: z.record(z.string().max(60), z.union([z.number(), z.boolean()])),
  mode: z.enum(
    ["in-person", "phone", "interpreter", "paper"],
    "must be in-person, phone, interpreter or paper",
  ),
  note: z.exactOptional(z.string().trim().max(2000, "is longer than 2000 characters")),
  safetyConcern: z.exactOptional(z.boolean()),
});
/** `POST /episodes/{id}/tablet-codes` */
export const tabletCodeBodySchema = z.strictObject({
  /** Of the form or the check-in that is to be filled in. */
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "must be the id of a form or a check-in"),
});
/** `POST /episodes/{id}/screens` */
export const screenBodySchema = z.strictObject({
  screenId: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be the id of a screen"),
  /** By question, or by item where a question asks an instrument. */
  answers: z.record(z.string().max(60), z.int("must be the number of an answer").min(0).max(1000)),
  /** Questions that the person would not answer. */
  refused: z.array(z.string().max(60)).max(50),
  mode: z.enum(
    ["in-person", "phone", "interpreter", "paper"],
    "must be in-person, phone, interpreter or paper",
  ),
  note: z.exactOptional(z.string().trim().max(2000, "is longer than 2000 characters")),
  safetyConcern: z.exactOptional(z.boolean()),
});
/** `POST /episodes/{id}/medicines` */
export const medicineBodySchema = z.strictObject({
  medicine: z.enum(medicineKinds, `must be one of ${medicineKinds.join(", ")}`),
  /** False where the person has stopped it or has none left. */
  isTaken: z.boolean("must be true or false"),
  /** It was recorded by mistake: it leaves the list, with the reason in the note, and nothing is raised. */
  isMistake: z.exactOptional(z.boolean("must be true or false")),
  /** Asked for where it is taken. */
  prescriber: z.exactOptional(z.string().trim().max(200, "is longer than 200 characters")),
  pharmacy: z.exactOptional(z.string().trim().max(200, "is longer than 200 characters")),
  nextVisitOn: z.exactOptional(z.iso.date("must be a day such as 2027-02-15")),
  supplyThrough: z.exactOptional(z.iso.date("must be a day such as 2027-02-15")),
  note: z.exactOptional(z.string().trim().max(2000, "is longer than 2000 characters")),
  /** The version you read; 0 where there was none. */
  version: z.int("must be the version you read").min(0),
  safetyConcern: z.exactOptional(z.boolean()),
});
/** `POST /episodes/{id}/services` */
const serviceWords = z.exactOptional(z.string().trim().max(200, "is longer than 200 characters"));
const serviceDay = z.exactOptional(z.iso.date("must be a day such as 2027-02-15"));
const yesOrNo = z.exactOptional(z.boolean("must be true or false"));
export const serviceBodySchema = z.strictObject({
  service: z.enum(serviceKinds, `must be one of ${serviceKinds.join(", ")}`),
  state: z.enum(serviceStates, "must be offered, accepted, declined or done"),
  /** The offering, group, topic or goal by its name. */
  topic: serviceWords,
  /** Who comes, leads or is met. */
  with: serviceWords,
  on: serviceDay,
  nextOn: serviceDay,
  result: z.exactOptional(z.enum(screenResults, `must be ${screenResults.join(", ")}`)),
  isConfirmed: yesOrNo,
  /** Of a family session: the releases of those who come, by their numbers. */
  releases: z.exactOptional(
    z.array(z.int("must be the number of a release").min(1)).max(20, "must be at most 20"),
  ),
  /** The medical clearance or the consent that it needs is there. */
  isCleared: yesOrNo,
  /** Of a family session: the participant was there. */
  wasThere: yesOrNo,
  /** A clinician who records it has read the result. */
  isRead: yesOrNo,
  toldBy: serviceWords,
  note: z.exactOptional(z.string().trim().max(2000, "is longer than 2000 characters")),
  /** The version you read; 0 where there was none. */
  version: z.int("must be the version you read").min(0),
  safetyConcern: z.exactOptional(z.boolean()),
});
/** `POST /episodes/{id}/releases`: who may be told what about a person. */
export const releaseBodySchema = z.strictObject({
  name: line(100),
  relation: line(100),
  about: line(300),
  purpose: line(300),
  from: date,
  until: date,
  how: z.enum(releaseWays, "must be paper or in-person"),
  witness: z.exactOptional(line(100)),
  /** How many releases you read; 0 where there was none. */
  version: z.int("must be the number that you read").min(0),
});
/** `POST /episodes/{id}/releases/revocation` */
export const releaseRevocationBodySchema = z.strictObject({
  release: z.int("must be the number of a release").min(1).max(10_000),
  reason,
});
export const contactLogBodySchema = z.strictObject({
  channel: z.enum(["phone", "in-person", "text", "email", "letter"]),
  outcome: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, "must be an outcome code"),
  note: z.exactOptional(z.string().max(2000)),
  safetyConcern: z.exactOptional(z.boolean()),
});
