import * as z from "zod";
import { placeSchema } from "../program/group-change.ts";
import { modalities } from "../program/program.ts";
import { count, date, instant, type Stored } from "../stored/fields.ts";
import { attendanceStatuses } from "./attendance-status.ts";
import { itemBase } from "./item-base.ts";

/** Why a session of the timetable is not held, for anybody. */
export const sessionCancellations = ["site-closed", "by-program"] as const;

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
  /** Cancelled because the site is closed that day, or by staff: held after all when that is taken back. */
  cancelledFor: z.exactOptional(z.enum(sessionCancellations)),
  place: z.exactOptional(placeSchema),
  leaderId: z.exactOptional(z.string()),
  coLeaderId: z.exactOptional(z.string()),
  /** Booked with this person alone: what was agreed, apart from whether the site is open. */
  visit: z.exactOptional(
    z.object({
      /** The visits that were booked together. */
      seriesId: z.string(),
      startAt: instant,
      endAt: instant,
      isCancelled: z.exactOptional(z.literal(true)),
      place: z.exactOptional(placeSchema),
      leaderId: z.exactOptional(z.string()),
      /** Postal code of the state in which the person will be, where it is not the one they live in. */
      stateThen: z.exactOptional(z.string()),
    }),
  ),
  /** A place in a group that they are not usually expected in, for hours that they missed. */
  isMakeUp: z.exactOptional(z.literal(true)),
  /** As the person knows it while a notice of its change is still on its way. */
  known: z.exactOptional(
    z.object({
      isHeld: z.boolean(),
      startAt: instant,
      isOnline: z.boolean(),
      /** It was booked, and they know nothing of it. */
      isNew: z.exactOptional(z.literal(true)),
    }),
  ),
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
      /** As the person said it in the round: from 0, as bad as can be, to 10, as good as can be. */
      mood: z.exactOptional(z.int().min(0).max(10)),
      /** Whether whoever led the session was worried about the person's safety. */
      safetyConcern: z.exactOptional(z.boolean()),
      /** What a group with a series of topics was about when they came, in the program's words. */
      topic: z.exactOptional(z.string()),
      /** They came online: the postal code of the state in which they were; where exactly stands in `identity`. */
      online: z.exactOptional(
        z.object({ state: z.string(), isOutsideLicence: z.exactOptional(z.literal(true)) }),
      ),
    }),
  ),
});
export type Session = Stored<typeof sessionSchema>;

/** What was agreed about a visit of one person. */
export type Visit = NonNullable<Session["visit"]>;

/** True for a session that is held online: there its time is the person's own, and not that of the site. */
export function isOnline({ place }: Pick<Session, "place">): boolean {
  return place !== undefined && "onlineAddress" in place;
}
