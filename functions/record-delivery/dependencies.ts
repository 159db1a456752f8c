import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { RecordDeliveryDeps } from "./record-delivery.ts";

let built: RecordDeliveryDeps | undefined;

/** Built once per process. */
export function dependencies(): RecordDeliveryDeps {
  built ??= {
    ...createCareAdapters(careEnvironmentSchema.parse(process.env), workflowReviews),
    logger: createLogger("record-delivery"),
  };
  return built;
}
