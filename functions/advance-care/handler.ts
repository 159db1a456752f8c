import { stepEventSchema } from "../../shared/contracts/step-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { advanceCare } from "./advance-care.ts";
import { dependencies } from "./dependencies.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: stepEventSchema,
  run: (event) => advanceCare(dependencies(), event),
});
