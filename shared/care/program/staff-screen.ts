import * as z from "zod";
import { count, type Stored } from "../stored/fields.ts";
import { planKinds } from "./plan-kinds.ts";
import { safetyTiers } from "./safety-tiers.ts";
import { staffFunctions } from "./staff-functions.ts";

/** What a question of a staff screen finds out; `program check` looks for what everybody must be asked. */
export const screenSubjects = [
  "suicide",
  "alcohol",
  "benzodiazepines",
  "opioids",
  "seizure-or-delirium",
  "pregnancy",
  "injecting",
  "housing",
  "opioid-medication",
  "naloxone",
  "drug-screen",
  "other",
] as const;

/** What an answer has somebody do. */
export const screenWorks = [
  /** A nurse or prescriber looks at it before the first group. */
  "review-before-first-group",
  /** A clinician decides what it means. */
  "clinician-decides",
  /** Somebody looks for a place to live with the person. */
  "housing",
  /** A safety alert of the tier that the rule names. */
  "alert",
] as const;
export type ScreenWork = (typeof screenWorks)[number];

const screenQuestion = z.object({
  /** Unique in the program. */
  id: z.string(),
  asks: z.enum(screenSubjects),
  /** As staff ask it, by language. */
  text: z.record(z.string(), z.string()),
  /** One of these is chosen, or all items of an instrument are answered. */
  options: z.exactOptional(
    z.array(z.object({ value: z.number(), text: z.record(z.string(), z.string()) })),
  ),
  instrumentId: z.exactOptional(z.string()),
  /** A fact of the episode that is true from this answer on, and false below it. */
  sets: z.exactOptional(z.object({ fact: z.enum(["pregnant", "injects"]), atLeast: z.number() })),
  /** All rules that an answer reaches apply. */
  opens: z.array(
    z.object({
      atLeast: z.number(),
      work: z.enum(screenWorks),
      /** For `alert`. */
      tier: z.exactOptional(z.enum(safetyTiers)),
      /** In words for staff. */
      reason: z.string(),
    }),
  ),
  /** Who would not answer: the alert that this raises; without it the question's own rules apply. */
  refusedTier: z.exactOptional(z.enum(safetyTiers)),
});
export type ScreenQuestion = Stored<typeof screenQuestion>;

/** Questions that staff ask in the room or on the phone; never sent by link. */
export const staffScreenSchema = z.object({
  screenId: z.string(),
  title: z.string(),
  /** Who asks it where somebody is asked to. */
  assignTo: z.enum(staffFunctions),
  /** Asked again in every n-th program week; without it, when a person decides to. */
  everyWeeks: z.exactOptional(count),
  /** The day of that week, ISO (1 is Monday), or another staffed day of each week, which nobody knows before. */
  onDay: z.exactOptional(z.union([z.literal("random"), count])),
  questions: z.array(screenQuestion),
});
export type StaffScreen = Stored<typeof staffScreenSchema>;

/** The screen that asks an instrument: its answers are entered there and nowhere else, so that what follows does. */
export function screenThatAsks(
  { screens }: { readonly screens?: readonly StaffScreen[] },
  instrumentId: string,
): StaffScreen | undefined {
  return screens?.find(({ questions }) =>
    questions.some((question) => question.instrumentId === instrumentId),
  );
}

/** What is to be there before somebody is admitted; who admits without it says why. */
export const admissionNeedsSchema = z.object({
  screens: z.array(z.string()),
  /** The instruments of the intake are answered. */
  instruments: z.boolean(),
  plans: z.array(z.enum(planKinds)),
  /** Who may admit without. */
  withoutBy: z.array(z.enum(staffFunctions)),
});
