import * as z from "zod";
import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { systemClock } from "../../shared/aws/clock/system-clock.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { createDiscovery } from "../../shared/aws/sign-in/discovery.ts";
import { createSignIn } from "../../shared/aws/sign-in/sign-in-client.ts";
import { createAccessTokenVerifier } from "../../shared/aws/sign-in/verify-access-token.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { StaffSiteDeps } from "./site-deps.ts";

const environmentSchema = careEnvironmentSchema.extend({
  PUBLIC_ORIGIN: z.url(),
  TOKEN_ISSUER: z.url(),
  TOKEN_CLIENT_ID: z.string().min(1),
  STAFF_IDLE_MINUTES: z.coerce.number().int().min(1).max(120).default(15),
  STAFF_SESSION_HOURS: z.coerce.number().int().min(1).max(24).default(12),
});

/** The log and the figures of this function. */
export const telemetry = createTelemetry("staff-site");

let built: StaffSiteDeps | undefined;

/** Built once per process. */
export function dependencies(): StaffSiteDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    const { TOKEN_ISSUER: issuer, TOKEN_CLIENT_ID: clientId } = environment;
    const discovery = createDiscovery(issuer);
    built = {
      ...createCareAdapters(environment, workflowReviews),
      logger: telemetry.logger,
      publicOrigin: environment.PUBLIC_ORIGIN,
      signIn: createSignIn({
        discovery,
        clientId,
        redirectUri: `${environment.PUBLIC_ORIGIN}/staff/signed-in`,
      }),
      verifyToken: createAccessTokenVerifier({ issuer, clientId, discovery }),
      sessionClock: systemClock,
      idleMinutes: environment.STAFF_IDLE_MINUTES,
      maxSessionHours: environment.STAFF_SESSION_HOURS,
    };
  }
  return built;
}
