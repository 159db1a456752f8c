import type { Logger as PowertoolsLogger } from "@aws-lambda-powertools/logger";
import type { Metrics as PowertoolsMetrics } from "@aws-lambda-powertools/metrics";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import { careLogger, createPowertoolsLogger } from "./logger.ts";
import { careMetrics, createPowertoolsMetrics } from "./metrics.ts";

/** What a function says about itself: its log, its figures, and what its middleware needs of both. */
export type Telemetry = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly powertools: {
    readonly logger: PowertoolsLogger;
    readonly metrics: PowertoolsMetrics;
  };
};

/** Made once per process. @param functionName - its folder, such as `send-message` */
export function createTelemetry(functionName: string): Telemetry {
  const powertools = {
    logger: createPowertoolsLogger(functionName),
    metrics: createPowertoolsMetrics(functionName),
  };
  return {
    logger: careLogger(powertools.logger),
    metrics: careMetrics(powertools.metrics),
    powertools,
  };
}
