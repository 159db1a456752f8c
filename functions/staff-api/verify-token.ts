import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { VerifyToken } from "./authenticate.ts";

/** Where an OIDC issuer keeps its keys and where sign-in happens. */
export type Discovery = {
  readonly jwksUri: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
};

/** Reads an issuer's discovery document, once per process. */
export function createDiscovery(
  issuer: string,
  fetchJson: (url: string) => Promise<unknown>,
): () => Promise<Discovery> {
  let found: Promise<Discovery> | undefined;
  return () => {
    found ??= read(issuer, fetchJson).catch((error: unknown) => {
      // A failed look must not stay the answer for ever.
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function read(
  issuer: string,
  fetchJson: (url: string) => Promise<unknown>,
): Promise<Discovery> {
  const document = await fetchJson(`${issuer}/.well-known/openid-configuration`);
  const field = (name: string): string => {
    const value =
      document !== null && typeof document === "object" ? Reflect.get(document, name) : undefined;
    if (typeof value !== "string")
      throw new Error(`The issuer's discovery document has no ${name}`);
    return value;
  };
  return {
    jwksUri: field("jwks_uri"),
    authorizationEndpoint: field("authorization_endpoint"),
    tokenEndpoint: field("token_endpoint"),
  };
}

/**
 * Verifies access tokens of one issuer: signature by its published keys, RS256 only, issuer, our client,
 * `token_use` access, at most 60 s of clock skew. Access tokens of Cognito have no audience.
 */
export function createVerifyToken(input: {
  readonly issuer: string;
  readonly clientId: string;
  readonly discovery: () => Promise<Discovery>;
}): VerifyToken {
  let keySet: JWTVerifyGetKey | undefined;
  return async (token) => {
    try {
      keySet ??= createRemoteJWKSet(new URL((await input.discovery()).jwksUri));
      const { payload } = await jwtVerify(token, keySet, {
        issuer: input.issuer,
        algorithms: ["RS256"],
        clockTolerance: 60,
      });
      const { token_use: use, client_id: client, username } = payload;
      if (use !== "access" || client !== input.clientId || typeof username !== "string")
        return undefined;
      return { staffId: username };
    } catch {
      // Whatever is wrong with it, it is not a token of ours; the caller answers 401.
      return undefined;
    }
  };
}
