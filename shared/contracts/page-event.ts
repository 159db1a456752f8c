import * as z from "zod";

/** From an effect: the alert and which page of it. From a machine: the driver of the alert. */
export const pageEventSchema = z.union([
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    escalationSk: z.string().min(1).max(200),
    tier: z.int().min(0),
    attempt: z.int().min(0),
  }),
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    driverId: z.string().min(1).max(120),
  }),
]);
export type PageEvent = z.infer<typeof pageEventSchema>;
