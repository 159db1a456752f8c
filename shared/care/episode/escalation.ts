import * as z from "zod";
import { safetyTiers } from "../program/program.ts";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";

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
  /** When the present tier ends and the next one begins. */
  tierEndsAt: instant,
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
