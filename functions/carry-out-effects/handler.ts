import { eventStack } from "../../shared/middleware/stacks.ts";
import { carryOutEffects, type EffectRecord } from "./carry-out-effects.ts";
import { dependencies } from "./dependencies.ts";

export const handler = eventStack({
  logger: () => dependencies().logger,
  run: (event: { readonly Records: readonly EffectRecord[] }) =>
    carryOutEffects(dependencies(), event.Records),
});
