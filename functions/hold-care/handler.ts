import { holdEventSchema } from "../../shared/contracts/step-event.ts";
import { stepStack } from "../../shared/middleware/step-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { holdCare } from "./hold-care.ts";

export const handler = stepStack({
  telemetry,
  schema: holdEventSchema,
  run: (event) => holdCare(dependencies(), event),
});
