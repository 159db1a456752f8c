import * as z from "zod";
import { visitModalities } from "../care/sessions/for-one.ts";
import { line } from "./intake-request.ts";
import { onlineAddress, usState } from "./program-seed-files.ts";

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "must be letters, digits and hyphens");
const day = z.iso.date("must be a date, such as 2027-01-15");
const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a wall time at the site, such as "09:00"');
const reason = line(500);
/** It is held online although no licence is on record for the state that somebody is in. */
const isOutsideLicence = z.exactOptional(z.literal(true));
/** The state in which the person will be, where it is not the one they live in. */
const stateThen = z.exactOptional(usState);
/** Where a session is held. */
export const placeBodySchema = z.union([
  z.strictObject({ room: line(60) }),
  z.strictObject({ onlineAddress }),
]);

/** `POST /sessions/{id}/changes`: one session of the timetable, or it and all that follow. */
export const timetableChangeBodySchema = z.strictObject({
  andFollowing: z.boolean().default(false),
  isCancelled: z.exactOptional(z.boolean()),
  moveTo: z.exactOptional(z.strictObject({ on: day, startTime: wallTime })),
  place: z.exactOptional(placeBodySchema),
  leaderId: z.exactOptional(id),
  coLeaderId: z.exactOptional(id),
  isOutsideLicence,
  /** Why, for staff; never sent. */
  words: line(200),
});

/** `POST /sessions/{id}/changes/undo` */
export const timetableUndoBodySchema = z.strictObject({ changeId: id, isOutsideLicence });

/** `POST /episodes/{id}/visits`: a visit of one person with one member of staff, or a series of them. */
export const visitBodySchema = z.strictObject({
  modality: z.enum(visitModalities, `must be one of ${visitModalities.join(", ")}`),
  on: day,
  startTime: wallTime,
  durationMinutes: z.int("must be whole minutes").min(5).max(480),
  leaderId: id,
  place: z.exactOptional(placeBodySchema),
  repeat: z.exactOptional(
    z.strictObject({
      everyWeeks: z.int("must be whole weeks").min(1).max(4),
      times: z.int("must be a whole number").min(2).max(16),
    }),
  ),
  stateThen,
  isOutsideLicence,
  reason: z.exactOptional(reason),
});

/** `POST /episodes/{id}/make-ups`: a place in a group of the program, for hours that were missed. */
export const makeUpBodySchema = z.strictObject({
  sessionId: z.string().min(1, "must be the id of a group session").max(200),
  isGivenUp: z.exactOptional(z.literal(true)),
  /** Put in although the group is full. */
  isOverCapacity: z.exactOptional(z.literal(true)),
  isOutsideLicence,
  reason,
});

/** `POST /episodes/{id}/group-waits`: the waiting list of a group that is full. */
export const groupWaitBodySchema = z.strictObject({
  /** A lasting place; left out for somebody who is not admitted yet, it is the track in which people begin. */
  track: z.exactOptional(
    z.string().regex(/^[a-z0-9-]{1,60}$/, "must be the name of a track of groups"),
  ),
  /** A make-up place in this group session. */
  sessionId: z.exactOptional(z.string().min(1, "must be the id of a group session").max(200)),
  isGivenUp: z.exactOptional(z.literal(true)),
  reason,
});

/** `POST /episodes/{id}/apart`: two people who are not to be in one group. */
export const apartBodySchema = z.strictObject({
  otherEpisodeId: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "must be the record of the other person"),
  /** True where they may be in one group again. */
  isTakenBack: z.exactOptional(z.literal(true)),
  /** Why; only those who may record it read it. Asked for where it is recorded. */
  reason: z.exactOptional(reason),
});

/** `POST /visits/{id}/changes` */
export const visitChangeBodySchema = z.strictObject({
  andFollowing: z.boolean().default(false),
  isCancelled: z.exactOptional(z.boolean()),
  moveTo: z.exactOptional(z.strictObject({ on: day, startTime: wallTime })),
  place: z.exactOptional(placeBodySchema),
  leaderId: z.exactOptional(id),
  stateThen,
  isOutsideLicence,
  reason,
});
