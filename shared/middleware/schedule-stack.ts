import { type SweepEvent, sweepEventSchema } from "../contracts/sweep-event.ts";
import type { Telemetry } from "../observability/telemetry.ts";
import { careStack } from "./care-stack.ts";

/** The stack of a function that rules of the event bus and operators call: what is thrown is tried again. */
export function scheduleStack<Answer>(options: {
  readonly telemetry: Telemetry;
  readonly run: (event: SweepEvent) => Promise<Answer>;
}) {
  const { telemetry, run } = options;
  const whatFailed = "An event could not be handled";
  return careStack({ telemetry, schema: sweepEventSchema, whatFailed }).handler(
    (event): Promise<Answer> => run(event),
  );
}
