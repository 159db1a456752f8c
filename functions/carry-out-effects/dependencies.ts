import { createEffectAdapters, effectEnvironmentSchema } from "../../shared/aws/effect-adapters.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { EffectDeps } from "../../workflows/run/carry-out-effect.ts";

/** The log and the figures of this function. */
export const telemetry = createTelemetry("carry-out-effects");

let built: (EffectDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): EffectDeps & { readonly logger: Logger } {
  built ??= {
    ...createEffectAdapters(effectEnvironmentSchema.parse(process.env), workflowReviews),
    logger: telemetry.logger,
  };
  return built;
}
