import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { VerifyToken } from "../../ports/sign-in.ts";
import { fetchJson } from "../http/fetch-json.ts";

const clockSkewSeconds = 60;

/**
 * Verifies access tokens of one OIDC issuer: signature by its published keys, RS256 only, issuer, our
 * client, `token_use` access. Access tokens of Cognito have no audience. The keys are looked up with the
 * first token, not before: most intakes carry none.
 */
export function createAccessTokenVerifier(input: {
  readonly issuer: string;
  readonly clientId: string;
}): VerifyToken {
  let keySet: Promise<JWTVerifyGetKey> | undefined;
  return async (token) => {
    keySet ??= findKeys(input.issuer);
    try {
      const { payload } = await jwtVerify(token, await keySet, {
        issuer: input.issuer,
        algorithms: ["RS256"],
        clockTolerance: clockSkewSeconds,
      });
      const { token_use: use, client_id: client, username } = payload;
      if (use !== "access" || client !== input.clientId || typeof username !== "string")
        return undefined;
      return { staffId: username };
    } catch {
      // A failed look for the keys must not stay the answer for ever; the caller answers 401.
      keySet = undefined;
      return undefined;
    }
  };
}

async function findKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const document = await fetchJson(`${issuer}/.well-known/openid-configuration`);
  const uri =
    document !== null && typeof document === "object"
      ? Reflect.get(document, "jwks_uri")
      : undefined;
  if (typeof uri !== "string") throw new Error("The issuer's discovery document has no jwks_uri");
  return createRemoteJWKSet(new URL(uri));
}
