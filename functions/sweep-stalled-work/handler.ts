import { endedDriver, endedExecution } from "../../shared/contracts/sweep-event.ts";
import { UnreadableEventError } from "../../shared/errors/unreadable-event-error.ts";
import { scheduleStack } from "../../shared/middleware/schedule-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { markExecutionLost, type SweepCounts, sweepStalledWork } from "./sweep-stalled-work.ts";

/** Called each minute, by an operator with `rebuild`, and when an execution ended badly. */
export const handler = scheduleStack({
  telemetry,
  run: async (event): Promise<SweepCounts | { readonly marked: boolean }> => {
    const ended = endedExecution(event);
    if (ended !== undefined) {
      const driver = endedDriver(ended);
      if (driver === undefined)
        throw new UnreadableEventError("An execution ended whose input names no driver");
      await markExecutionLost(dependencies(), driver);
      return { marked: true };
    }
    return sweepStalledWork(dependencies(), {
      rebuild: "rebuild" in event && event.rebuild === true,
    });
  },
});
