import * as z from "zod";
import { workflowInputSchema } from "./step-event.ts";

/** The part of an "execution status change" event that is used. */
export const executionEndedSchema = z.object({
  "detail-type": z.literal("Step Functions Execution Status Change"),
  detail: z.object({
    status: z.enum(["FAILED", "ABORTED", "TIMED_OUT"]),
    input: z.string().max(4096),
  }),
});

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
