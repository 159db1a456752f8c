import * as z from "zod";
import { count, date, instant } from "../stored/fields.ts";

/** What the episode knows of one plan; its words live in `identity`. */
const planStateSchema = z.object({
  /** Of the words: each writing is a version of its own, and none is changed. */
  version: count,
  writtenAt: instant,
  /** True where the person wants it on their own page. */
  isShown: z.boolean(),
  /** By then it is gone through again, where its kind asks for that. */
  reviewOn: z.exactOptional(date),
});

export const planStatesSchema = z.object({
  crisis: z.exactOptional(planStateSchema),
  "relapse-prevention": z.exactOptional(planStateSchema),
  treatment: z.exactOptional(planStateSchema),
});
