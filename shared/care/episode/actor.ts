import * as z from "zod";
import { staffFunctions } from "../program/staff-functions.ts";
import type { Stored } from "../stored/fields.ts";

/** Who did it: a person, the participant, or the software on its own clock. */
export const actorSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("staff"),
    staffId: z.string(),
    functions: z.array(z.enum(staffFunctions)),
  }),
  z.object({ kind: z.literal("participant"), participantId: z.string() }),
  z.object({ kind: z.literal("partner"), partnerId: z.string() }),
  z.object({ kind: z.literal("system"), part: z.string() }),
]);
export type Actor = Stored<typeof actorSchema>;
