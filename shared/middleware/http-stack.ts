import { type HttpEvent, httpEventSchema } from "../contracts/http-event.ts";
import type { Telemetry } from "../observability/telemetry.ts";
import { careStack } from "./care-stack.ts";

/**
 * The stack of a function behind the HTTP API. Faults are answered by the application itself; what is refused
 * is counted by its status.
 */
export function httpStack<Answer extends { readonly statusCode: number }>(options: {
  readonly telemetry: Telemetry;
  readonly run: (event: HttpEvent) => Promise<Answer>;
}) {
  const { telemetry, run } = options;
  const whatFailed = "A request could not be answered";
  return careStack({ telemetry, schema: httpEventSchema, whatFailed }).handler(
    async (event): Promise<Answer> => {
      const answer = await run(event);
      if (answer.statusCode >= 400 && answer.statusCode < 500)
        telemetry.metrics.refused(answer.statusCode);
      return answer;
    },
  );
}
