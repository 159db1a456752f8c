// Long because a program is one file, and what a designer writes is read as one schema.
import * as z from "zod";
import { planKinds } from "../care/program/plan-kinds.ts";
import {
  answerActions,
  channels,
  circumstances,
  dispositions,
  messageAnchors,
  messageClasses,
  modalities,
  pagingKinds,
} from "../care/program/program.ts";
import { dueStates } from "../care/program/program-services.ts";
import { safetyTiers } from "../care/program/safety-tiers.ts";
import { serviceKinds } from "../care/program/service-kinds.ts";
import { rotaRoles } from "../care/program/site.ts";
import { staffFunctions } from "../care/program/staff-functions.ts";
import { screenSubjects, screenWorks } from "../care/program/staff-screen.ts";

/** `program.yaml`: what a program designer writes. Strict: a misspelt key is an error, never ignored. */

const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    "must be lower-case letters, digits and hyphens, such as mon-group",
  );
const words = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(500, "must be at most 500 characters");
const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a wall time in quotes, such as "09:00"');
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, "must be a language tag, such as en or es");
const span = z.strictObject({ from: wallTime, to: wallTime });
const count = (least: number, most: number) =>
  z
    .int("must be a whole number")
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
const hours = z.number().min(0, "must be at least 0").max(168, "a week has 168 hours");
const texts = z.record(language, words);
const staffFunction = z.enum(staffFunctions);

const slot = z.strictObject({
  slot: id,
  dayOfWeek: count(1, 7),
  startTime: wallTime,
  durationMinutes: count(5, 720),
  modality: z.enum(modalities),
  title: words,
  everyWeeks: count(1, 12),
  track: z.exactOptional(id),
  remind: z.exactOptional(z.boolean()),
  capacity: z.exactOptional(count(1, 200)),
});

const clinicianReview = z.strictObject({
  instrumentId: id,
  totalAtLeast: count(1, 500),
  riseAtLeast: count(1, 500),
});

const approval = z.strictObject({
  decidedBy: z.array(staffFunction).min(1, "name at least one function that may decide"),
  dueHours: count(1, 720),
  escalateTo: staffFunction,
  escalateEveryHours: count(1, 720),
});

const suitabilityRule = z.strictObject({
  rule: id,
  when: z.strictObject({
    instrumentId: z.exactOptional(id),
    totalAtLeast: z.exactOptional(count(0, 500)),
    totalBelow: z.exactOptional(count(0, 500)),
    fact: z.exactOptional(z.enum(["pregnant", "injects", "under-18", "recent-higher-care"])),
    screenPositive: z.exactOptional(id),
  }),
  proposes: z.enum(["suitable", "refer-up", "refer-down", "clinician-decides"]),
  words,
});

const messageRow = z.strictObject({
  step: id,
  templateId: id,
  class: z.enum(messageClasses),
  channelOrder: z
    .array(z.enum(channels))
    .min(1, "name at least one channel")
    .max(2, "name each channel once"),
  anchor: z.enum(messageAnchors),
  offsetMinutes: count(-20_160, 527_040),
  window: span,
  expiresAfterHours: count(1, 720),
  link: z.exactOptional(z.enum(["forms", "check-in", "my-week"])),
  onlyWhen: z.exactOptional(z.enum(circumstances)),
});

const rung = z.strictObject({
  rung: id,
  afterStaffedMinutes: count(0, 20_000),
  withinStaffedMinutes: z.exactOptional(count(5, 2400)),
  action: z.enum(["message", "call", "contact-person", "welfare-decision", "letter"]),
  messageStep: z.exactOptional(id),
  assignTo: staffFunction,
  words,
});
const ladder = z.array(rung).min(1, "a ladder needs at least one rung");

const question = z.strictObject({
  id,
  fromDay: z.exactOptional(count(1, 1_100)),
  untilDay: z.exactOptional(count(1, 1_100)),
  text: texts,
  answer: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("scale"), minimum: count(0, 100), maximum: count(1, 100) }),
    z.strictObject({ type: z.literal("days"), maximum: count(1, 366) }),
    z.strictObject({ type: z.literal("yes-no") }),
    z.strictObject({ type: z.literal("instrument"), instrumentId: id }),
  ]),
  actions: z.array(
    z.strictObject({
      when: z.strictObject({
        atLeast: z.exactOptional(count(0, 500)),
        atMost: z.exactOptional(count(0, 500)),
        equals: z.exactOptional(z.boolean()),
      }),
      action: z.enum(answerActions),
      reason: words,
    }),
  ),
});

/** Asked by staff; `text` in the program's languages, an instrument's in those it was published in. */
const screen = z.strictObject({
  screenId: id,
  title: words,
  assignTo: staffFunction,
  everyWeeks: z.exactOptional(count(1, 12)),
  onDay: z.exactOptional(
    z.union([z.literal("random"), count(1, 7)], "must be random, or a day from 1 (Monday) to 7"),
  ),
  questions: z
    .array(
      z.strictObject({
        id,
        asks: z.enum(screenSubjects),
        text: texts,
        options: z.exactOptional(
          z
            .array(z.strictObject({ value: count(0, 10), text: texts }))
            .min(2, "offer at least two answers"),
        ),
        instrumentId: z.exactOptional(id),
        sets: z.exactOptional(
          z.strictObject({ fact: z.enum(["pregnant", "injects"]), atLeast: count(1, 10) }),
        ),
        opens: z.array(
          z.strictObject({
            atLeast: count(0, 10),
            work: z.enum(screenWorks),
            tier: z.exactOptional(z.enum(safetyTiers)),
            reason: words,
          }),
        ),
        refusedTier: z.exactOptional(z.enum(safetyTiers)),
      }),
    )
    .min(1, "a screen asks at least one question"),
});

const payerDay = z.strictObject({
  minimumMinutes: count(1, 1440),
  minimumServices: z.exactOptional(count(1, 10)),
  maximumMinutes: z.exactOptional(count(1, 1440)),
  countsOnline: z.exactOptional(z.boolean("must be true or false")),
});

const tierMinutes = count(1, 10_080);

/** The schema of `program.yaml`. */
export const programFileSchema = z.strictObject({
  programId: id,
  name: words,
  chosenAs: z.exactOptional(texts),
  languages: z.array(language).min(1, "name at least one language"),
  levelOfCare: id,
  weeklyHours: z.strictObject({
    minimumHours: hours,
    targetHours: hours,
    maximumHours: hours,
    mostHours: z.exactOptional(hours),
    payerDay: z.exactOptional(payerDay),
    payers: z.exactOptional(
      z
        .array(z.strictObject({ payer: id, title: words, payerDay: z.exactOptional(payerDay) }))
        .max(50, "takes at most 50 payers"),
    ),
    countingModalities: z
      .array(z.enum(modalities))
      .min(1, "name at least one modality that counts"),
  }),
  services: z.exactOptional(
    z.strictObject({
      due: z.array(
        z.strictObject({
          service: z.enum(serviceKinds),
          state: z.enum(dueStates),
          withinDays: count(1, 366),
          repeats: z.exactOptional(z.boolean("must be true or false")),
          assignTo: z.enum(staffFunctions),
        }),
      ),
      holistic: z.exactOptional(
        z
          .array(
            z.strictObject({ name: words, needsClearance: z.boolean("must be true or false") }),
          )
          .min(1, "name at least one offering"),
      ),
      topicSeries: z.exactOptional(
        z.array(
          z.strictObject({
            series: id,
            slot: id,
            startsOn: z.iso.date('must be a date, such as "2027-01-04"'),
            topics: z.array(texts).min(1, "a series has at least one topic"),
          }),
        ),
      ),
    }),
  ),
  sessionDays: z.exactOptional(z.strictObject({ minimum: count(1, 7), maximum: count(1, 7) })),
  weeks: z.strictObject({ minimum: count(1, 104), planned: count(1, 104), maximum: count(1, 104) }),
  // A week is opened in one commit, with up to two messages for each session.
  sessions: z
    .array(slot)
    .min(1, "a week needs at least one session")
    .max(25, "a week holds at most 25 sessions"),
  groupTracks: z.exactOptional(
    z
      .array(z.strictObject({ track: id, title: words }))
      .min(2, "one track is none: leave it out")
      .max(6, "must be at most 6"),
  ),
  intake: z.strictObject({
    instruments: z.array(id),
    formsWindowDays: count(1, 90),
    outreachAfterHours: count(1, 720),
    admission: z.exactOptional(
      z.strictObject({
        screens: z.array(id),
        instruments: z.boolean("must be true or false"),
        plans: z.array(z.enum(planKinds)),
        withoutBy: z.array(staffFunction).min(1, "name who may admit without"),
      }),
    ),
  }),
  screens: z.exactOptional(z.array(screen)),
  medication: z.exactOptional(
    z.strictObject({
      supplyTaskStaffedDays: count(1, 30),
      assignTo: staffFunction,
      opioidGapTier: z.enum(["RED", "ORANGE"], "must be RED or ORANGE: a gap is danger"),
    }),
  ),
  suitability: z.array(suitabilityRule),
  approvals: z.strictObject({
    admission: approval,
    weekReview: approval,
    discharge: approval,
    closing: approval,
  }),
  measures: z.array(z.strictObject({ instrumentId: id, everyWeeks: count(1, 12) })),
  staffInstruments: z.exactOptional(z.array(id)),
  progress: z.exactOptional(
    z.strictObject({
      baselineWithinDays: count(0, 90),
      onTrackByWeek: count(1, 104),
      onTrackPercent: count(1, 100),
      clinicianReview,
      otherReviews: z.exactOptional(z.array(clinicianReview)),
    }),
  ),
  plans: z.exactOptional(
    z.array(
      z.strictObject({
        plan: z.enum(planKinds),
        writtenByWeek: count(1, 104),
        reviewDays: z.exactOptional(count(7, 366)),
        assignTo: staffFunction,
      }),
    ),
  ),
  messages: z.array(messageRow).min(1, "a program without messages reaches nobody"),
  outreach: z.strictObject({ missedSession: ladder, missedCheckIn: ladder, missedForms: ladder }),
  discharge: z.strictObject({
    checklist: z.array(
      z.strictObject({ item: id, words, requiredFor: z.array(z.enum(dispositions)) }),
    ),
    remindAfterHours: count(1, 720),
    stepUpWithinStaffedMinutes: z.exactOptional(count(30, 1_440)),
    screenWithinDays: z.exactOptional(count(1, 30)),
    completion: z.exactOptional(
      z.strictObject({
        minimumWeeks: count(1, 52),
        attendedPercent: count(1, 100),
        measuresWithinDays: count(1, 90),
      }),
    ),
    dispositions: z.array(z.enum(dispositions)).min(1, "name at least one disposition"),
  }),
  aftercare: z.strictObject({
    firstCallWithinHours: count(1, 168),
    answerWindowDays: count(1, 90),
    checkIns: z
      .array(
        z.strictObject({
          number: count(1, 200),
          day: count(1, 1_100),
          kind: z.enum(["staff-call", "check-in"]),
          windowDays: count(0, 60),
          answerDays: z.exactOptional(count(1, 90)),
        }),
      )
      .min(1, "name at least one contact after discharge"),
    cadence: z.exactOptional(
      z.strictObject({
        closer: z.strictObject({ everyDays: count(7, 60), forDays: count(7, 180) }),
        stretched: z.strictObject({
          fromDay: count(30, 730),
          afterSteady: count(2, 20),
          gapPercent: count(100, 300),
          longestGapDays: count(14, 366),
        }),
      }),
    ),
    handOff: z.exactOptional(z.strictObject({ isOffered: z.boolean(), onDay: count(7, 366) })),
    weeklyCalls: z.exactOptional(
      z.strictObject({
        isOffered: z.boolean(),
        spans: z
          .array(z.strictObject({ untilDay: count(7, 1_100), everyDays: count(1, 60) }))
          .min(1, "name how often somebody calls"),
      }),
    ),
    questions: z.array(question),
  }),
  safety: z.strictObject({
    itemRules: z.array(
      z.strictObject({
        instrumentId: id,
        itemId: id,
        atLeast: count(0, 10),
        tier: z.enum(safetyTiers),
        reason: words,
      }),
    ),
    contactWithinMinutes: z.strictObject({
      RED: tierMinutes,
      ORANGE: tierMinutes,
      YELLOW: tierMinutes,
      ROUTINE: tierMinutes,
    }),
    paging: z.strictObject({
      RED: z.enum(pagingKinds),
      ORANGE: z.enum(pagingKinds),
      YELLOW: z.enum(pagingKinds),
      ROUTINE: z.enum(pagingKinds),
    }),
    reading: z.strictObject({
      withinMinutes: count(15, 60),
      remindAfterMinutes: count(5, 45),
      callNowWithinMinutes: count(15, 120),
      callAt: wallTime,
    }),
    pageTiers: z
      .array(
        z.strictObject({
          rota: z.enum(rotaRoles),
          acknowledgeWithinMinutes: count(1, 240),
          repeatEveryMinutes: count(1, 60),
        }),
      )
      .min(1, "name who is paged first"),
    slowerPages: z.array(
      z.strictObject({ afterHours: count(12, 8760), repeatEveryMinutes: count(1, 1440) }),
    ),
    welfareToday: z.strictObject({
      daysAfterHigherCare: count(7, 90),
      daysAfterDanger: count(7, 90),
      programWeeks: count(1, 12),
      missedModalities: z.array(z.enum(modalities)),
    }),
    owedWork: z.strictObject({
      clinicianMinutes: count(15, 480),
      tiers: z.strictObject({
        "same-day-call": z.enum(safetyTiers),
        "call-within-48-hours": z.enum(safetyTiers),
        "safety-review": z.enum(safetyTiers),
        welfare: z.enum(safetyTiers),
      }),
    }),
  }),
});

export type ProgramFile = z.infer<typeof programFileSchema>;
