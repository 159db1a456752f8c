// Long because a program is one schema, and designers read it as one.

import * as z from "zod";
import { count, type Stored, wallTime } from "../stored/fields.ts";
import { planKinds } from "./plan-kinds.ts";
import { programServicesSchema } from "./program-services.ts";
import { safetyTiers } from "./safety-tiers.ts";
import { rotaRoles } from "./site.ts";
import { staffFunctions } from "./staff-functions.ts";
import { admissionNeedsSchema, staffScreenSchema } from "./staff-screen.ts";

/**
 * A compiled program: care as data. Written by program designers as YAML, checked and compiled by
 * `throughcare program publish`, pinned by version to every episode. Numbers carry their unit.
 */

export const modalities = [
  "individual",
  "group",
  "family",
  "psychoeducation",
  "medication-management",
  "skills",
  "holistic",
  "case-management",
  "assessment",
  "peer-support",
] as const;
export type Modality = (typeof modalities)[number];

export const messageClasses = ["routine", "schedule-notice", "reply", "safety"] as const;
export type MessageClass = (typeof messageClasses)[number];

export const channels = ["sms", "email"] as const;
export type Channel = (typeof channels)[number];

/** One weekly place in the timetable. */
const sessionSlot = z.object({
  /** Stable key, unique in the program, e.g. `mon-group`. */
  slot: z.string(),
  /** ISO day of week, 1 = Monday. */
  dayOfWeek: z.int().min(1).max(7),
  /** Wall time `HH:MM` in the site's zone. */
  startTime: wallTime,
  durationMinutes: z.number(),
  modality: z.enum(modalities),
  /** For staff only; never sent. */
  title: z.string(),
  /** Every n-th program week; 1 = every week. */
  everyWeeks: count,
  /** Of this track of groups only; without it, of every one. */
  track: z.exactOptional(z.string()),
  /** False where an earlier session of the same day is reminded already. Without it, reminded. */
  remind: z.exactOptional(z.boolean()),
  /** Places of the group. Without it, nobody is turned away. */
  capacity: z.exactOptional(count),
});
export type SessionSlot = Stored<typeof sessionSlot>;

/** What a planned message is timed from. */
export const messageAnchors = [
  "intake-received",
  "forms-asked",
  "admitted",
  "declined",
  "waiting",
  "week-opened",
  "session-start",
  "session-booked",
  "measures-asked",
  "session-cancelled",
  "session-held",
  "session-off",
  "session-on",
  "session-moved",
  "session-online",
  "session-on-site",
  "missed-session",
  "discharge-approved",
  "check-in-opened",
  "aftercare-closed",
] as const;
export type MessageAnchor = (typeof messageAnchors)[number];

/** What a row of the message plan can be for alone; what holds from which anchor `check-reach.ts` says. */
export const circumstances = [
  "week-one",
  "missed-in-14-days",
  "reminder",
  "follow-up-wanted",
  "no-follow-up",
] as const;
export type Circumstance = (typeof circumstances)[number];

/** One row of the program's message plan. */
const messagePlan = z.object({
  /** Stable key, unique in the program; part of the message's business key. */
  step: z.string(),
  templateId: z.string(),
  class: z.enum(messageClasses),
  /** The first of these that the participant consented to and that is open is used. */
  channelOrder: z.array(z.enum(channels)),
  anchor: z.enum(messageAnchors),
  /** Signed offset from the anchor in minutes. */
  offsetMinutes: z.number(),
  /** Wall-time window in the participant's zone; sends spread over it. */
  window: z.object({ from: wallTime, to: wallTime }),
  /** Dropped when it could not go out this many hours after its planned instant. */
  expiresAfterHours: z.number(),
  /** What its link opens, when it has one. */
  link: z.exactOptional(z.enum(["forms", "check-in", "my-week"])),
  /** Only plan it in these circumstances. */
  onlyWhen: z.exactOptional(z.enum(circumstances)),
});
export type MessagePlan = Stored<typeof messagePlan>;

const approval = z.object({
  decidedBy: z.array(z.enum(staffFunctions)),
  dueHours: z.number(),
  /** Who gets it when nobody decided in time. */
  escalateTo: z.enum(staffFunctions),
  escalateEveryHours: z.number(),
});
export type Approval = Stored<typeof approval>;

const outreachRung = z.object({
  rung: z.string(),
  /** Staffed minutes after the previous rung (after the no-show was entered, for the first). */
  afterStaffedMinutes: z.number(),
  /** Staffed minutes within which it is done; two hours where nothing is said. */
  withinStaffedMinutes: z.exactOptional(z.number()),
  action: z.enum(["message", "call", "contact-person", "welfare-decision", "letter"]),
  /** For `message`: the step of the message plan. */
  messageStep: z.exactOptional(z.string()),
  assignTo: z.enum(staffFunctions),
  /** The task's sentence for staff. */
  words: z.string(),
});
export type OutreachRung = Stored<typeof outreachRung>;

/** Ways to follow somebody up that a person decides on; without one it is the program's days. */
export const aftercareTracks = ["weekly-calls", "stretched"] as const;
export type AftercareTrack = (typeof aftercareTracks)[number];

/** What an answer in aftercare asks staff for; of the calls the highest wins, help with a next step stands beside them. */
export const answerActions = [
  "same-day-call",
  "call-within-48-hours",
  "help-with-next-step",
] as const;

const checkInPlan = z.object({
  /** 1-based, in order of day. */
  number: count,
  day: count,
  kind: z.enum(["staff-call", "check-in"]),
  /** Days before and after `day` in which it counts. */
  windowDays: count,
  /** It may be answered for so many days; the program's `answerWindowDays` where nothing is said. */
  answerDays: z.exactOptional(count),
});

const checkInQuestion = z.object({
  id: z.string(),
  /** Asked from this day after the discharge on, and until that one; without them at every check-in. */
  fromDay: z.exactOptional(count),
  untilDay: z.exactOptional(count),
  /** Text by language. */
  text: z.record(z.string(), z.string()),
  answer: z.discriminatedUnion("type", [
    z.object({ type: z.literal("scale"), minimum: z.number(), maximum: z.number() }),
    z.object({ type: z.literal("days"), maximum: z.number() }),
    z.object({ type: z.literal("yes-no") }),
    z.object({ type: z.literal("instrument"), instrumentId: z.string() }),
  ]),
  /** Rules that a given answer sets off; the highest action wins. */
  actions: z.array(
    z.object({
      when: z.object({
        atLeast: z.exactOptional(z.number()),
        atMost: z.exactOptional(z.number()),
        equals: z.exactOptional(z.boolean()),
      }),
      action: z.enum(answerActions),
      /** Reason in words for staff. */
      reason: z.string(),
    }),
  ),
});
export type CheckInQuestion = Stored<typeof checkInQuestion>;

export const dispositions = [
  "completed",
  "transfer-up",
  "transfer-down",
  "left-before-completing",
  "lost-contact",
  "administrative",
  "coverage-ended",
  "hospitalised",
  "incarcerated",
  "moved",
  "deceased",
] as const;
export type Disposition = (typeof dispositions)[number];

export const pagingKinds = ["until-contact", "until-read", "nobody"] as const;
/**
 * How the alerts of a tier reach people: pages that climb and come round until somebody has spoken with the
 * person; one page and one reminder until somebody has read it; or a place in the queue and no page.
 */
export type Paging = (typeof pagingKinds)[number];

export const owedKinds = [
  "same-day-call",
  "call-within-48-hours",
  "safety-review",
  "welfare",
] as const;
/** What is owed to a person, as far as its urgency goes. */
export type OwedKind = (typeof owedKinds)[number];

const suitabilityCondition = z.union([
  z.object({ instrumentId: z.string(), totalAtLeast: z.number() }),
  z.object({ instrumentId: z.string(), totalBelow: z.number() }),
  z.object({ fact: z.enum(["pregnant", "injects", "under-18", "recent-higher-care"]) }),
  /** A question of a staff screen whose answer has somebody do something. */
  z.object({ screenPositive: z.string() }),
]);

const safety = z.object({
  /** Lowest item value that raises each tier, by instrument item. */
  itemRules: z.array(
    z.object({
      instrumentId: z.string(),
      itemId: z.string(),
      atLeast: z.number(),
      tier: z.enum(safetyTiers),
      reason: z.string(),
    }),
  ),
  /** Real minutes, by tier, until a person must have spoken with the participant. */
  contactWithinMinutes: z.record(z.enum(safetyTiers), z.number()),
  /** How each tier pages; missing in what was published before tiers had a paging of their own. */
  paging: z.exactOptional(z.record(z.enum(safetyTiers), z.enum(pagingKinds))),
  /** Clocks of an alert that is to be read; missing in what was published before it was known. */
  reading: z.exactOptional(
    z.object({
      /** Real minutes within which somebody reads it, before the next person hears of it. */
      withinMinutes: z.number(),
      /** Real minutes after the first page at which the one reminder goes. */
      remindAfterMinutes: z.number(),
      /** Real minutes in which whoever answered "call now" speaks with the person. */
      callNowWithinMinutes: z.number(),
      /** Wall time at the site of a call that can wait for the morning, such as `09:00`. */
      callAt: z.string(),
    }),
  ),
  /** Paging: who is paged in turn, and after how many unacknowledged minutes the next is. */
  pageTiers: z.array(
    z.object({
      rota: z.enum(rotaRoles),
      acknowledgeWithinMinutes: z.number(),
      repeatEveryMinutes: z.number(),
    }),
  ),
  /**
   * An alert that nobody takes is paged for ever, but no phone helps that rings every few minutes for
   * weeks: from so many hours after it was raised, pages repeat this seldom. In order of the hours.
   */
  slowerPages: z.array(z.object({ afterHours: z.number(), repeatEveryMinutes: z.number() })),
  /**
   * After which missed sessions a clinician decides on the same day about a welfare check; missing in what was
   * published before it was known. Days count from the event to the session that was missed.
   */
  welfareToday: z.exactOptional(
    z.object({
      daysAfterHigherCare: z.number(),
      /** After a RED or ORANGE alert that was not closed as no danger. */
      daysAfterDanger: z.number(),
      /** From the first one. */
      programWeeks: z.number(),
      missedModalities: z.array(z.enum(modalities)),
    }),
  ),
  /** Work owed to a person that is not done by its time; missing in what was published before it was known. */
  owedWork: z.exactOptional(
    z.object({
      /** Real minutes that a clinician has before it goes to the clinical lead. */
      clinicianMinutes: z.number(),
      /** Tier of the alert raised when the clinical lead gets it; ROUTINE raises none and pages nobody. */
      tiers: z.record(z.enum(owedKinds), z.enum(safetyTiers)),
    }),
  ),
});

const clinicianReview = z.object({
  instrumentId: z.string(),
  totalAtLeast: z.number(),
  riseAtLeast: z.number(),
});
/** A total of an instrument, and a rise since the one before, that a clinician reviews. */
export type ClinicianReview = Stored<typeof clinicianReview>;

const progressRules = z.object({
  /** Days before the admission in which the last score is the baseline. */
  baselineWithinDays: z.number(),
  /** By the end of this program week a score should have fallen by so many percent of the baseline. */
  onTrackByWeek: count,
  onTrackPercent: z.number(),
  clinicianReview,
  /** The same for further instruments. */
  otherReviews: z.exactOptional(z.array(clinicianReview)),
});
/** How scores are read over time. */
export type ProgressRules = Stored<typeof progressRules>;

const payerDaySchema = z.object({
  minimumMinutes: z.number(),
  /** Sessions attended; one where nothing is said. */
  minimumServices: z.exactOptional(z.number()),
  /** More minutes than these are not paid for on one day. */
  maximumMinutes: z.exactOptional(z.number()),
  /** False where sessions held online count for nothing. */
  countsOnline: z.exactOptional(z.boolean()),
});
/** From when on a day counts for a payer that pays by the day, and for how much. */
export type PayerDayRule = Stored<typeof payerDaySchema>;

const programPayer = z.object({
  /** Stable key, unique in the program, e.g. `medicaid`. */
  payer: z.string(),
  /** For staff. */
  title: z.string(),
  /** Missing where this payer does not pay by the day. */
  payerDay: z.exactOptional(payerDaySchema),
});
/** Somebody who pays for people of the program, and by which rule of days, if by any. */
export type ProgramPayer = Stored<typeof programPayer>;

/** A program as it is published: its version and hash are kept beside it. */
export const programSchema = z.object({
  programId: z.string(),
  name: z.string(),
  /** How somebody who asks for care chooses it, by language; its name where nothing is said. */
  chosenAs: z.exactOptional(z.record(z.string(), z.string())),
  languages: z.array(z.string()),
  levelOfCare: z.string(),
  weeklyHours: z.object({
    minimumHours: z.number(),
    targetHours: z.number(),
    maximumHours: z.number(),
    /** More hours than this belong to another level of care. */
    mostHours: z.exactOptional(z.number()),
    /** The rule for whoever has no payer of `payers`. */
    payerDay: z.exactOptional(payerDaySchema),
    /** Payers with a rule of their own; missing in what was published before they were known. */
    payers: z.exactOptional(z.array(programPayer)),
    /** Its minimum alone, in what was published before there was more to say. */
    dayMinutes: z.exactOptional(z.number()),
    countingModalities: z.array(z.enum(modalities)),
  }),
  /** Services with a day of their own; missing in what was published before they were known. */
  services: z.exactOptional(programServicesSchema),
  /** Days of the week with a session that counts, for one participant. */
  sessionDays: z.exactOptional(z.object({ minimum: z.number(), maximum: z.number() })),
  weeks: z.object({ minimum: count, planned: count, maximum: count }),
  sessions: z.array(sessionSlot),
  /** Sets of groups of which everybody is in one, such as mornings and evenings; people begin in the first. */
  groupTracks: z.exactOptional(z.array(z.object({ track: z.string(), title: z.string() }))),
  intake: z.object({
    /** Instruments asked at intake, by id. */
    instruments: z.array(z.string()),
    formsWindowDays: z.number(),
    /** After this many hours without forms a person is asked to call. */
    outreachAfterHours: z.number(),
    /** What is to be there before an admission; missing in what was published before it was known. */
    admission: z.exactOptional(admissionNeedsSchema),
  }),
  /** Asked by staff in the room; missing in what was published before they were known. */
  screens: z.exactOptional(z.array(staffScreenSchema)),
  /** How the supply of medicines is followed; missing in what was published before it was known. */
  medication: z.exactOptional(
    z.object({
      /** Renewing it is on somebody's list so many staffed days before it ends. */
      supplyTaskStaffedDays: count,
      assignTo: z.enum(staffFunctions),
      /** Of the alert about a gap in medicine for opioid use. */
      opioidGapTier: z.enum(safetyTiers),
    }),
  ),
  suitability: z.array(
    z.object({
      rule: z.string(),
      when: suitabilityCondition,
      proposes: z.enum(["suitable", "refer-up", "refer-down", "clinician-decides"]),
      words: z.string(),
    }),
  ),
  approvals: z.object({
    admission: approval,
    weekReview: approval,
    discharge: approval,
    closing: approval,
  }),
  measures: z.array(
    z.object({
      instrumentId: z.string(),
      /** Asked in week 1 + n * everyWeeks. */
      everyWeeks: count,
    }),
  ),
  /** Asked by staff when they need them; missing in what was published before it was known. */
  staffInstruments: z.exactOptional(z.array(z.string())),
  /** How scores are read over time; missing in what was published before it was known. */
  progress: z.exactOptional(progressRules),
  /** The plans that are written with the person, and by when; missing in what was published before they were known. */
  plans: z.exactOptional(
    z.array(
      z.object({
        plan: z.enum(planKinds),
        /** It is written by the end of this program week. */
        writtenByWeek: count,
        /** It is gone through again after so many days. */
        reviewDays: z.exactOptional(count),
        assignTo: z.enum(staffFunctions),
      }),
    ),
  ),
  messages: z.array(messagePlan),
  outreach: z.object({
    missedSession: z.array(outreachRung),
    missedCheckIn: z.array(outreachRung),
    missedForms: z.array(outreachRung),
  }),
  discharge: z.object({
    checklist: z.array(
      z.object({
        item: z.string(),
        words: z.string(),
        requiredFor: z.array(z.enum(dispositions)),
      }),
    ),
    remindAfterHours: z.number(),
    /** A step up to higher care is prepared and decided within so many staffed minutes each; without it like any other ending. */
    stepUpWithinStaffedMinutes: z.exactOptional(count),
    /** A suicide screen recorded so many days ago still counts at the discharge. */
    screenWithinDays: z.exactOptional(count),
    /** What `completed` asks for; who discharges without it says so. Programs published earlier ask for nothing. */
    completion: z.exactOptional(
      z.object({
        /** Program weeks that were attended to their end. */
        minimumWeeks: count,
        /** Share of the planned counting hours, in percent. */
        attendedPercent: z.number(),
        /** Each measure of the program was answered again within this many days. */
        measuresWithinDays: z.number(),
      }),
    ),
    dispositions: z.array(z.enum(dispositions)),
  }),
  aftercare: z.object({
    checkIns: z.array(checkInPlan),
    /** How contacts come closer with risk and thin out with stability; without it everybody has the same days. */
    cadence: z.exactOptional(
      z.object({
        closer: z.object({
          /** At least so often, in days. */
          everyDays: count,
          /** For so many days after whoever spoke with the person decided so. */
          forDays: count,
        }),
        stretched: z.object({
          /** Not before this day after the discharge. */
          fromDay: count,
          /** Where a person decided so, while so many check-ins in a row were answered and asked for nothing. */
          afterSteady: count,
          /** The gap to the next contact, in percent of the program's. */
          gapPercent: count,
          longestGapDays: count,
        }),
      }),
    ),
    /** Whoever has kept contact may introduce somebody else who goes on; without it nobody is asked. Off where it is not offered. */
    handOff: z.exactOptional(
      z.object({
        isOffered: z.boolean(),
        /** Days after the discharge. */
        onDay: count,
      }),
    ),
    /** A track of staffed calls, for those whom a person puts on it. Off where the program does not offer it. */
    weeklyCalls: z.exactOptional(
      z.object({
        isOffered: z.boolean(),
        /** Every so many days until a day after the discharge, in order. */
        spans: z.array(z.object({ untilDay: count, everyDays: count })),
      }),
    ),
    questions: z.array(checkInQuestion),
    /** A check-in may be answered for this many days after it opened. */
    answerWindowDays: z.number(),
    /** The first contact after discharge is a staff call within this many hours. */
    firstCallWithinHours: z.number(),
  }),
  safety,
});
export type Program = Stored<typeof programSchema> & {
  readonly version: number;
  /** SHA-256 of the compiled content, hex. */
  readonly contentHash: string;
};
