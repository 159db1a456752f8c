import { pageEventSchema } from "../../shared/contracts/page-event.ts";
import { stepStack } from "../../shared/middleware/step-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { pageOnCall } from "./page-on-call.ts";

export const handler = stepStack({
  telemetry,
  schema: pageEventSchema,
  run: (event) => pageOnCall(dependencies(), event),
});
