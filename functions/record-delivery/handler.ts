import { snsEventSchema } from "../../shared/contracts/sns-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { dependencies } from "./dependencies.ts";
import { recordDelivery } from "./record-delivery.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: snsEventSchema,
  run: (event) => recordDelivery(dependencies(), event),
});
