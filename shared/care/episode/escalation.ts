import * as z from "zod";
import { safetyTiers } from "../program/safety-tiers.ts";
import { rotaRoles } from "../program/site.ts";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";

/** What the on-call answers who has read an alert that is to be read. */
export const readAnswers = ["call-now", "call-in-the-morning"] as const;
export type ReadAnswer = (typeof readAnswers)[number];

export const pageOutcomes = ["taken", "taken-by-next", "undelivered"] as const;
export type PageOutcome = (typeof pageOutcomes)[number];

export const escalationSchema = z.object({
  ...itemBase,
  kind: z.literal("escalation"),
  escalationId: z.string(),
  tier: z.enum(safetyTiers),
  status: z.enum(["open", "acknowledged", "contacted", "closed"]),
  raisedAt: instant,
  contactDueAt: instant,
  /** Code of the rule that raised it, and what it was about; no answers in words. */
  trigger: z.object({
    source: z.enum([
      "instrument",
      "text",
      "email",
      "check-in",
      "staff",
      "medication",
      "overdue-work",
    ]),
    rule: z.string(),
    about: z.exactOptional(z.string()),
    value: z.exactOptional(z.number()),
  }),
  reason: z.string(),
  /** Which of the program's page tiers is being paged, from 0. */
  pageTier: count,
  pageAttempt: count,
  lastPagedAt: z.exactOptional(instant),
  /** Whom of the rota the present tier rings first, as the program says; by the tier's number where it is missing. */
  pageTo: z.exactOptional(z.enum(rotaRoles)),
  /** When the present tier ends and the next one begins. */
  tierEndsAt: instant,
  /** By when somebody is to have read it, where its tier is to be read; a call comes after that. */
  readBy: z.exactOptional(instant),
  /** Whom the pages to read it go to, from when, and how many of them were taken. */
  readLadder: z.exactOptional(
    z.object({
      from: instant,
      tier: count,
      pages: count,
      /** Somebody had it in the queue before: this person hears of it once. */
      isOnce: z.exactOptional(z.literal(true)),
    }),
  ),
  /** What whoever read it decided, the last one last. */
  answers: z.exactOptional(
    z.array(
      z.object({
        by: z.string(),
        at: instant,
        answer: z.enum(readAnswers),
        callAt: z.exactOptional(instant),
      }),
    ),
  ),
  /** The latest pages, the oldest first: who was rung and how it ended. */
  pages: z.exactOptional(
    z.array(z.object({ at: instant, to: z.array(z.string()), outcome: z.enum(pageOutcomes) })),
  ),
  acknowledgements: z.array(z.object({ by: z.string(), at: instant })),
  contacts: z.array(z.object({ by: z.string(), at: instant, outcome: z.string() })),
  closure: z.exactOptional(z.object({ by: z.string(), at: instant, outcome: z.string() })),
  /** A word match locks nothing until a clinician confirms it. */
  confirmed: z.boolean(),
  /** True where the words speak of an act under way: contact, sent help or two clinicians close it. */
  isActUnderWay: z.exactOptional(z.literal(true)),
  /** Clinicians who have read the words of an act under way and find no danger, without contact. */
  readings: z.exactOptional(z.array(z.object({ by: z.string(), at: instant }))),
});
export type Escalation = Stored<typeof escalationSchema>;
