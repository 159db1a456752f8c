import * as z from "zod";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";
import { tabletCodeSchema } from "./tablet-code.ts";

export const checkInSchema = z.object({
  ...itemBase,
  kind: z.literal("check-in"),
  checkInId: z.string(),
  /** Counts the person's contacts after the discharge, from 1. */
  number: count,
  /** The last row of the program that it stands for; where nothing is said, the one of its number. */
  row: z.exactOptional(count),
  /** Days after the discharge; where nothing is said, those of its row. */
  day: z.exactOptional(count),
  /** Why it does not come on the day that the program has for everybody. */
  why: z.exactOptional(z.enum(["closer", "stretched", "weekly-calls"])),
  checkInKind: z.enum(["staff-call", "check-in"]),
  status: z.enum(["planned", "open", "answered", "missed", "cancelled"]),
  dueAt: instant,
  openedAt: z.exactOptional(instant),
  endsAt: z.exactOptional(instant),
  answeredAt: z.exactOptional(instant),
  linkId: z.exactOptional(z.string()),
  tablet: z.exactOptional(tabletCodeSchema),
  answers: z.record(z.string(), z.union([z.number(), z.boolean()])),
  action: z.exactOptional(z.enum(["none", "same-day-call", "call-within-48-hours"])),
  reasons: z.array(z.string()),
  submissions: z.array(z.string()),
  /** When the pathway took the answer in; until then an answered check-in is open work. */
  assessedAt: z.exactOptional(instant),
});
export type CheckIn = Stored<typeof checkInSchema>;
