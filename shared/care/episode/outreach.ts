import * as z from "zod";
import { count, date, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";

export const outreachSchema = z.object({
  ...itemBase,
  kind: z.literal("outreach"),
  outreachId: z.string(),
  ladder: z.enum(["missedSession", "missedCheckIn", "missedForms"]),
  about: z.object({
    type: z.enum(["session", "check-in", "form"]),
    id: z.string(),
    /** Local day of the session that was missed. */
    on: z.exactOptional(date),
  }),
  status: z.enum(["climbing", "reached", "decision-needed", "withdrawn"]),
  /** Index of the next rung to climb. */
  nextRung: count,
  /** Counts the climbs, from 1: a person may decide to start over. */
  round: z.exactOptional(count),
  nextRungAt: instant,
  /** Steps of this climb that nobody did: nobody has called, so nobody was "not reached". */
  notDone: z.exactOptional(count),
  startedAt: instant,
  outcome: z.exactOptional(z.string()),
});
export type Outreach = Stored<typeof outreachSchema>;
