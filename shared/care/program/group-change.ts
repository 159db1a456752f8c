import * as z from "zod";
import { date, instant, type Stored, wallTime } from "../stored/fields.ts";

/** Where a session is held: in a room of the site, or online at an address that is shown to whoever is expected. */
export const placeSchema = z.union([
  z.object({ room: z.string() }),
  z.object({ onlineAddress: z.string() }),
]);
export type Place = Stored<typeof placeSchema>;

/**
 * What staff have said about one session of a site's timetable, or about it and all that follow. A fact like a closed
 * day: how a session stands is worked out from all of them, in the order in which they were made, so that taking one
 * back leaves what would be without it.
 */
export const groupChangeSchema = z.object({
  changeId: z.string(),
  programId: z.string(),
  slot: z.string(),
  /** The date in the timetable of the session that it is about. */
  from: date,
  /** It holds for every later one too. */
  andFollowing: z.boolean(),
  /** True where it is not held; false where it is held from then on. */
  isCancelled: z.exactOptional(z.boolean()),
  /** Days after its date in the timetable, within its week, and the wall time there. */
  moved: z.exactOptional(z.object({ days: z.int(), startTime: wallTime })),
  place: z.exactOptional(placeSchema),
  leaderId: z.exactOptional(z.string()),
  coLeaderId: z.exactOptional(z.string()),
  /** Why, for staff; never sent. */
  words: z.string(),
  by: z.string(),
  at: instant,
});
export type GroupChange = Stored<typeof groupChangeSchema>;

/** A leader is away on some days. Their groups are led by the cover, else by the co-leader, else not held; visits are not. */
export const absenceSchema = z.object({
  absenceId: z.string(),
  staffId: z.string(),
  from: date,
  until: date,
  coverId: z.exactOptional(z.string()),
  /** Why, for staff; never sent. */
  words: z.string(),
  by: z.string(),
  at: instant,
});
export type Absence = Stored<typeof absenceSchema>;
