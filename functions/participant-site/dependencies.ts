import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { SiteDeps } from "./site-deps.ts";

const environmentSchema = careEnvironmentSchema.extend({ PUBLIC_ORIGIN: z.url() });

let built: SiteDeps | undefined;

/** Built once per process. */
export function dependencies(): SiteDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      ...createCareAdapters(environment, workflowReviews),
      logger: createLogger("participant-site"),
      publicOrigin: environment.PUBLIC_ORIGIN,
    };
  }
  return built;
}
