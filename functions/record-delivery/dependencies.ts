import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { RecordDeliveryDeps } from "./record-delivery.ts";

/** The log and the figures of this function. */
export const telemetry = createTelemetry("record-delivery");

let built: RecordDeliveryDeps | undefined;

/** Built once per process. */
export function dependencies(): RecordDeliveryDeps {
  built ??= {
    ...createCareAdapters(careEnvironmentSchema.parse(process.env), workflowReviews),
    logger: telemetry.logger,
  };
  return built;
}
