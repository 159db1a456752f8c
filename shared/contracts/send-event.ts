import * as z from "zod";

/** From a machine: all due messages of a driver. From an effect or the sweep: one message. */
export const sendEventSchema = z.union([
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    driverId: z.string().min(1).max(120),
  }),
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    messageSk: z.string().min(1).max(300),
  }),
]);
export type SendEvent = z.infer<typeof sendEventSchema>;
