import * as z from "zod";
import { createCareAdapters } from "../../shared/adapters/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/adapters/environment.ts";
import { createDiscovery } from "../../shared/adapters/sign-in/discovery.ts";
import { createAccessTokenVerifier } from "../../shared/adapters/sign-in/verify-access-token.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { ReceiveIntakeDeps } from "./receive-intake.ts";

const environmentSchema = careEnvironmentSchema.extend({
  TOKEN_ISSUER: z.url(),
  TOKEN_CLIENT_ID: z.string().min(1),
});

let built: ReceiveIntakeDeps | undefined;

/** Built once per process. */
export function dependencies(): ReceiveIntakeDeps {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      ...createCareAdapters(environment),
      logger: createLogger("receive-intake"),
      verifyToken: createAccessTokenVerifier({
        issuer: environment.TOKEN_ISSUER,
        clientId: environment.TOKEN_CLIENT_ID,
        discovery: createDiscovery(environment.TOKEN_ISSUER),
      }),
    };
  }
  return built;
}
