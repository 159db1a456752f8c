import * as z from "zod";
import { modalities } from "../care/program/program.ts";
import { staffFunctions } from "../care/program/staff-functions.ts";

const minutes = z.number().min(0, "must be at least 0").max(480, "must be at most 480 minutes");
const hours = z.number().min(0, "must be at least 0").max(4000, "must be at most 4000 hours");

/** The schema of `capacity.yaml`: what the sites have to work with, and how long work takes. */
export const capacityFileSchema = z.strictObject({
  sites: z.record(
    z.string(),
    z.strictObject({
      referralsPerWeek: z.number().min(0.1, "must be at least 0.1").max(500, "must be at most 500"),
      hoursPerWeek: z.partialRecord(z.enum(staffFunctions), hours),
    }),
  ),
  groupSize: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(40, "must be at most 40"),
  sessions: z.partialRecord(
    z.enum(modalities),
    z.strictObject({ led: z.enum(staffFunctions), notes: minutes }),
  ),
  minutes: z.strictObject({ other: minutes, kinds: z.record(z.string(), minutes) }),
});
export type CapacityFile = z.infer<typeof capacityFileSchema>;
