import {
  createEffectAdapters,
  effectEnvironmentSchema,
} from "../../shared/adapters/effect-adapters.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { EffectDeps } from "../../shared/services/carry-out-effect.ts";

let built: (EffectDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): EffectDeps & { readonly logger: Logger } {
  built ??= {
    ...createEffectAdapters(effectEnvironmentSchema.parse(process.env)),
    logger: createLogger("sweep-stalled-work"),
  };
  return built;
}
