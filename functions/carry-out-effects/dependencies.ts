import { createOutboxAdapters, outboxEnvironmentSchema } from "../../shared/aws/outbox-adapters.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { OutboxDeps } from "../../workflows/run/carry-out-outbox-entry.ts";

/** The log and the figures of this function. */
export const telemetry = createTelemetry("carry-out-effects");

let built: (OutboxDeps & { readonly logger: Logger }) | undefined;

/** Built once per process. */
export function dependencies(): OutboxDeps & { readonly logger: Logger } {
  built ??= {
    ...createOutboxAdapters(outboxEnvironmentSchema.parse(process.env), workflowReviews),
    logger: telemetry.logger,
  };
  return built;
}
