import type * as z from "zod";
import type { Telemetry } from "../observability/telemetry.ts";
import { careStack } from "./care-stack.ts";

/**
 * The stack of a function that a state machine or an outbox entry calls: a fault is thrown on, since the machine's
 * Retry and Catch, or the outbox entry's repeat, decide what follows.
 */
export function stepStack<Event, Answer>(options: {
  readonly telemetry: Telemetry;
  readonly schema: z.ZodType<Event>;
  readonly run: (event: Event) => Promise<Answer>;
}) {
  const { telemetry, schema, run } = options;
  return careStack({ telemetry, schema, whatFailed: "A step failed" }).handler(
    (event): Promise<Answer> => run(event),
  );
}
