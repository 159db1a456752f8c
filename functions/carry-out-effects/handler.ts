import { streamStack } from "../../shared/middleware/stream-stack.ts";
import { carryOutOutbox } from "./carry-out-effects.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { outboxLagSeconds } from "./effect-lag.ts";

export const handler = streamStack({
  telemetry,
  run: async (records) => {
    const answer = await carryOutOutbox(dependencies(), records);
    const lag = outboxLagSeconds(records, answer, dependencies().clock.now());
    if (lag !== undefined) telemetry.metrics.effectLag(lag);
    return answer;
  },
});
