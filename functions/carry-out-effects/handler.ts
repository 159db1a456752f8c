import { streamEventSchema } from "../../shared/contracts/stream-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { carryOutEffects } from "./carry-out-effects.ts";
import { dependencies } from "./dependencies.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: streamEventSchema,
  run: (event) => carryOutEffects(dependencies(), event.Records),
});
