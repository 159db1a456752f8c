import * as z from "zod";
import { date, type Stored } from "../stored/fields.ts";

/** When a release counts. Who may be told, what about and what for lives in `identity`, by its number: the first is 1. */
export const releaseStateSchema = z.object({
  /** Local dates at the site, both included. */
  from: date,
  until: date,
  /** Taken back on that day, recorded by a member of staff. */
  revokedOn: z.exactOptional(date),
  revokedBy: z.exactOptional(z.string()),
});
export type ReleaseState = Stored<typeof releaseStateSchema>;
