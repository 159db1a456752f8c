import { pageEventSchema } from "../../shared/contracts/page-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { dependencies } from "./dependencies.ts";
import { pageOnCall } from "./page-on-call.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: pageEventSchema,
  run: (event) => pageOnCall(dependencies(), event),
});
