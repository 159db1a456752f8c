import { createCareAdapters } from "../../shared/adapters/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/adapters/environment.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { CareDeps } from "../../shared/services/care-deps.ts";

let built: (CareDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): CareDeps & { readonly logger: Logger } {
  built ??= {
    ...createCareAdapters(careEnvironmentSchema.parse(process.env)),
    logger: createLogger("hold-care"),
  };
  return built;
}
