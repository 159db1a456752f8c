import { topicStack } from "../../shared/middleware/topic-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { receiveSms } from "./receive-sms.ts";

export const handler = topicStack({
  telemetry,
  run: (event) => receiveSms(dependencies(), event),
});
