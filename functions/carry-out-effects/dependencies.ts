import { createEffectAdapters, effectEnvironmentSchema } from "../../shared/aws/effect-adapters.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { EffectDeps } from "../../workflows/run/carry-out-effect.ts";

let built: (EffectDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): EffectDeps & { readonly logger: Logger } {
  built ??= {
    ...createEffectAdapters(effectEnvironmentSchema.parse(process.env), workflowReviews),
    logger: createLogger("carry-out-effects"),
  };
  return built;
}
