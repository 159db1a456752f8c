import { createCareAdapters } from "../../shared/adapters/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/adapters/environment.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { RecordDeliveryDeps } from "./record-delivery.ts";

let built: RecordDeliveryDeps | undefined;

/** Built once per process. */
export function dependencies(): RecordDeliveryDeps {
  built ??= {
    ...createCareAdapters(careEnvironmentSchema.parse(process.env)),
    logger: createLogger("record-delivery"),
  };
  return built;
}
