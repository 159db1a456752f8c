import { EventBridgeSchema } from "@aws-lambda-powertools/parser/schemas/eventbridge";
import * as z from "zod";
import { workflowInputSchema } from "./step-event.ts";

/** An execution that ended badly; the part of it that is used. */
const executionEndedSchema = EventBridgeSchema.pick({ "detail-type": true }).extend({
  "detail-type": z.literal("Step Functions Execution Status Change"),
  detail: z.object({
    status: z.enum(["FAILED", "ABORTED", "TIMED_OUT"]),
    input: z.string().max(4096),
  }),
});

/** What calls the sweep: the end of an execution, the rule of every minute, or an operator. */
export const sweepEventSchema = z.union([
  executionEndedSchema,
  EventBridgeSchema.pick({ "detail-type": true }).extend({
    "detail-type": z.literal("Scheduled Event"),
  }),
  z.object({ rebuild: z.boolean().optional() }),
]);
export type SweepEvent = z.infer<typeof sweepEventSchema>;

/** The end of an execution that an event tells of; undefined for any other call. */
export function endedExecution(
  event: SweepEvent,
): z.infer<typeof executionEndedSchema>["detail"] | undefined {
  const parsed = executionEndedSchema.safeParse(event);
  return parsed.success ? parsed.data.detail : undefined;
}

/** Whose execution ended, or `undefined` when the input is none of ours. */
export function endedDriver(
  detail: z.infer<typeof executionEndedSchema>["detail"],
): z.infer<typeof workflowInputSchema> | undefined {
  try {
    const parsed = workflowInputSchema.safeParse(JSON.parse(detail.input));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
