import { endedDriver, executionEndedSchema } from "../../shared/contracts/sweep-event.ts";
import { eventStack } from "../../shared/middleware/stacks.ts";
import { dependencies } from "./dependencies.ts";
import { markExecutionLost, type SweepCounts, sweepStalledWork } from "./sweep-stalled-work.ts";

/** Called each minute, by an operator with `rebuild`, and when an execution ended badly. */
export const handler = eventStack({
  logger: () => dependencies().logger,
  run: async (event: {
    readonly rebuild?: unknown;
  }): Promise<SweepCounts | { readonly marked: boolean }> => {
    const ended = executionEndedSchema.safeParse(event);
    if (ended.success) {
      const driver = endedDriver(ended.data.detail);
      if (driver !== undefined) await markExecutionLost(dependencies(), driver);
      return { marked: driver !== undefined };
    }
    return sweepStalledWork(dependencies(), { rebuild: event.rebuild === true });
  },
});
