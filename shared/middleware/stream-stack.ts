import { streamEventSchema, type TableStreamRecord } from "../contracts/stream-event.ts";
import type { Telemetry } from "../observability/telemetry.ts";
import { careStack } from "./care-stack.ts";

/** The stack of a function on a table's stream: what is thrown gives the whole batch again. */
export function streamStack<Answer>(options: {
  readonly telemetry: Telemetry;
  readonly run: (records: readonly TableStreamRecord[]) => Promise<Answer>;
}) {
  const { telemetry, run } = options;
  const whatFailed = "A batch of changes could not be handled";
  return careStack({ telemetry, schema: streamEventSchema, whatFailed }).handler(
    ({ Records }): Promise<Answer> => run(Records),
  );
}
