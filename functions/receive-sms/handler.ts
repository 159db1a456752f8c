import { snsEventSchema } from "../../shared/contracts/sns-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { dependencies } from "./dependencies.ts";
import { receiveSms } from "./receive-sms.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: snsEventSchema,
  run: (event) => receiveSms(dependencies(), event),
});
