import { topicStack } from "../../shared/middleware/topic-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { receiveEmail } from "./receive-email.ts";

export const handler = topicStack({
  telemetry,
  run: (event) => receiveEmail(dependencies(), event),
});
