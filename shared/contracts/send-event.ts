import * as z from "zod";
import { stepEventSchema } from "./step-event.ts";

/** From a machine: a send step, for all due messages of its run. From an outbox entry or the sweep: one message. */
export const sendEventSchema = z.union([
  stepEventSchema,
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    messageSk: z.string().min(1).max(300),
  }),
]);
export type SendEvent = z.infer<typeof sendEventSchema>;
