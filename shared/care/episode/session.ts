import * as z from "zod";
import { modalities } from "../program/program.ts";
import { count, date, instant, type Stored } from "../stored/fields.ts";
import { attendanceStatuses } from "./attendance-status.ts";
import { itemBase } from "./item-base.ts";

export const sessionSchema = z.object({
  ...itemBase,
  kind: z.literal("session"),
  sessionId: z.string(),
  groupSessionId: z.string(),
  slot: z.string(),
  week: count,
  /** Local date at the site. */
  on: date,
  scheduledStartAt: instant,
  scheduledEndAt: instant,
  timeZone: z.string(),
  modality: z.enum(modalities),
  counts: z.boolean(),
  status: z.enum(["planned", "cancelled", "closed"]),
  /** Cancelled by a discharge that can still be reversed: it would come back with the person. */
  mayReturn: z.exactOptional(z.literal(true)),
  /** Cancelled because the site is closed that day: held after all when that is taken back. */
  cancelledFor: z.exactOptional(z.literal("site-closed")),
  /** How far people have been asked about its attendance: during it, or at its end. */
  asked: z.exactOptional(z.enum(["during", "at-end"])),
  attendance: z.exactOptional(
    z.object({
      status: z.enum(attendanceStatuses),
      attendedMinutes: z.number(),
      arrivedAt: z.exactOptional(instant),
      leftAt: z.exactOptional(instant),
      recordedBy: z.string(),
      recordedAt: instant,
      corrections: count,
    }),
  ),
});
export type Session = Stored<typeof sessionSchema>;
