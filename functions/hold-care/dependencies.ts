import { createStoreAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { StoreDeps } from "../../shared/store/care-deps.ts";

/** The log and the figures of this function. */
export const telemetry = createTelemetry("hold-care");

let built: (StoreDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): StoreDeps & { readonly logger: Logger } {
  built ??= {
    ...createStoreAdapters(careEnvironmentSchema.parse(process.env)),
    logger: telemetry.logger,
  };
  return built;
}
