import { holdEventSchema } from "../../shared/contracts/step-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { dependencies } from "./dependencies.ts";
import { holdCare } from "./hold-care.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: holdEventSchema,
  run: (event) => holdCare(dependencies(), event),
});
