import { stepEventSchema } from "../../shared/contracts/step-event.ts";
import { stepStack } from "../../shared/middleware/step-stack.ts";
import { advanceCare } from "./advance-care.ts";
import { dependencies, telemetry } from "./dependencies.ts";

export const handler = stepStack({
  telemetry,
  schema: stepEventSchema,
  run: (event) => advanceCare(dependencies(), event),
});
