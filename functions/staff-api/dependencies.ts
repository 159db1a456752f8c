import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createDiscovery } from "../../shared/aws/sign-in/discovery.ts";
import { createAccessTokenVerifier } from "../../shared/aws/sign-in/verify-access-token.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { StaffApiDeps } from "./staff-api.ts";

const environmentSchema = careEnvironmentSchema.extend({
  TOKEN_ISSUER: z.url(),
  TOKEN_CLIENT_ID: z.string().min(1),
});

/** The log and the figures of this function. */
export const telemetry = createTelemetry("staff-api");

let built: StaffApiDeps | undefined;

/** Built once per process. */
export function dependencies(): StaffApiDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    const care = createCareAdapters(environment, workflowReviews);
    const discovery = createDiscovery(environment.TOKEN_ISSUER);
    built = {
      ...care,
      logger: telemetry.logger,
      verifyToken: createAccessTokenVerifier({
        issuer: environment.TOKEN_ISSUER,
        clientId: environment.TOKEN_CLIENT_ID,
        discovery,
      }),
    };
  }
  return built;
}
