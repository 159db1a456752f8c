import { endedExecution } from "../../shared/contracts/sweep-event.ts";
import { scheduleStack } from "../../shared/middleware/schedule-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { markEndedExecution } from "./mark-ended-execution.ts";
import { type SweepCounts, sweepStalledWork } from "./sweep-stalled-work.ts";

/** Called each minute, by an operator with `rebuild`, and when an execution ended badly. */
export const handler = scheduleStack({
  telemetry,
  run: async (event): Promise<SweepCounts | { readonly marked: boolean }> => {
    const ended = endedExecution(event);
    if (ended !== undefined) {
      await markEndedExecution(dependencies(), ended);
      return { marked: true };
    }
    return sweepStalledWork(dependencies(), "detail-type" in event ? {} : event);
  },
});
