import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { workflowReviews } from "../../workflows/registry.ts";

let built: (CareDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): CareDeps & { readonly logger: Logger } {
  built ??= {
    ...createCareAdapters(careEnvironmentSchema.parse(process.env), workflowReviews),
    logger: createLogger("hold-care"),
  };
  return built;
}
