import { sendEventSchema } from "../../shared/contracts/send-event.ts";
import { stepStack } from "../../shared/middleware/step-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { sendMessage } from "./send-message.ts";

export const handler = stepStack({
  telemetry,
  schema: sendEventSchema,
  run: (event) => sendMessage(dependencies(), event),
});
