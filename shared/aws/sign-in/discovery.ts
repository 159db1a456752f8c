import type { Discovery } from "../../ports/sign-in.ts";
import { fetchJson } from "../http/fetch-json.ts";

/** Reads an issuer's discovery document, once per process and not before it is needed. */
export function createDiscovery(issuer: string): () => Promise<Discovery> {
  let found: Promise<Discovery> | undefined;
  return () => {
    found ??= read(issuer).catch((error: unknown) => {
      // A failed look must not stay the answer for ever.
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function read(issuer: string): Promise<Discovery> {
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
