import * as z from "zod";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";

export const checkInSchema = z.object({
  ...itemBase,
  kind: z.literal("check-in"),
  checkInId: z.string(),
  number: count,
  checkInKind: z.enum(["staff-call", "check-in"]),
  status: z.enum(["planned", "open", "answered", "missed", "cancelled"]),
  dueAt: instant,
  openedAt: z.exactOptional(instant),
  endsAt: z.exactOptional(instant),
  answeredAt: z.exactOptional(instant),
  linkId: z.exactOptional(z.string()),
  answers: z.record(z.string(), z.union([z.number(), z.boolean()])),
  action: z.exactOptional(z.enum(["none", "same-day-call", "call-within-48-hours"])),
  reasons: z.array(z.string()),
  submissions: z.array(z.string()),
  /** When the pathway took the answer in; until then an answered check-in is open work. */
  assessedAt: z.exactOptional(instant),
});
export type CheckIn = Stored<typeof checkInSchema>;
