import { streamStack } from "../../shared/middleware/stream-stack.ts";
import { carryOutEffects } from "./carry-out-effects.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { effectLagSeconds } from "./effect-lag.ts";

export const handler = streamStack({
  telemetry,
  run: async (records) => {
    const answer = await carryOutEffects(dependencies(), records);
    const lag = effectLagSeconds(records, answer, dependencies().clock.now());
    if (lag !== undefined) telemetry.metrics.effectLag(lag);
    return answer;
  },
});
