import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { workflowReviews } from "../../workflows/registry.ts";

/** The log and the figures of this function. */
export const telemetry = createTelemetry("advance-care");

let built: (CareDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): CareDeps & { readonly logger: Logger } {
  built ??= {
    ...createCareAdapters(careEnvironmentSchema.parse(process.env), workflowReviews),
    logger: telemetry.logger,
  };
  return built;
}
