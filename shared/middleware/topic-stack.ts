import { type SnsEvent, snsEventSchema } from "../contracts/sns-event.ts";
import type { Telemetry } from "../observability/telemetry.ts";
import { careStack } from "./care-stack.ts";

/** The stack of a function that a topic calls: what is thrown is given again, and in the end to the queue of failures. */
export function topicStack<Answer>(options: {
  readonly telemetry: Telemetry;
  readonly run: (event: SnsEvent) => Promise<Answer>;
}) {
  const { telemetry, run } = options;
  const whatFailed = "An event could not be handled";
  return careStack({ telemetry, schema: snsEventSchema, whatFailed }).handler(
    (event): Promise<Answer> => run(event),
  );
}
