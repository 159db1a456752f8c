import { sendEventSchema } from "../../shared/contracts/send-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { dependencies } from "./dependencies.ts";
import { sendMessage } from "./send-message.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: sendEventSchema,
  run: (event) => sendMessage(dependencies(), event),
});
