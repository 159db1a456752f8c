import { topicStack } from "../../shared/middleware/topic-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { recordDelivery } from "./record-delivery.ts";

export const handler = topicStack({
  telemetry,
  run: (event) => recordDelivery(dependencies(), event),
});
