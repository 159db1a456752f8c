import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { ParticipantSiteDeps } from "./site-deps.ts";

const environmentSchema = careEnvironmentSchema.extend({ PUBLIC_ORIGIN: z.url() });

/** The log and the figures of this function. */
export const telemetry = createTelemetry("participant-site");

let built: ParticipantSiteDeps | undefined;

/** Built once per process. */
export function dependencies(): ParticipantSiteDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      ...createCareAdapters(environment, workflowReviews),
      logger: telemetry.logger,
      publicOrigin: environment.PUBLIC_ORIGIN,
    };
  }
  return built;
}
