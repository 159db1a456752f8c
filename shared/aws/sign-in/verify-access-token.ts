import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { VerifyToken } from "../../ports/sign-in.ts";
import type { Discovery } from "./discovery.ts";

const clockSkewSeconds = 60;

/**
 * Verifies access tokens of one OIDC issuer: signature by its published keys, RS256 only, issuer, our
 * client, `token_use` access, an end and an id. Access tokens of Cognito have no audience. The keys are looked up with the
 * first token, not before: most intakes carry none.
 */
export function createAccessTokenVerifier(input: {
  readonly issuer: string;
  readonly clientId: string;
  readonly discovery: Discovery;
}): VerifyToken {
  let keySet: JWTVerifyGetKey | undefined;
  return async (token) => {
    try {
      keySet ??= createRemoteJWKSet(new URL((await input.discovery()).jwks_uri ?? ""));
      const { payload } = await jwtVerify(token, keySet, {
        issuer: input.issuer,
        algorithms: ["RS256"],
        clockTolerance: clockSkewSeconds,
      });
      const { token_use: use, client_id: client, username, exp, jti } = payload;
      if (use !== "access" || client !== input.clientId || typeof username !== "string")
        return undefined;
      // One without an end would be good for ever; one without an id could not be signed out.
      if (exp === undefined || jti === undefined || !/^[\w.-]{8,200}$/.test(jti)) return undefined;
      return { staffId: username, tokenId: jti, endsAtEpochSeconds: exp };
    } catch {
      // Whatever is wrong with it, it is not a token of ours; the caller answers 401.
    }
    return undefined;
  };
}
