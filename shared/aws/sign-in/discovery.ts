import type { Discovery } from "../../ports/sign-in.ts";
import { fetchJson } from "../http/fetch-json.ts";

/** Reads an issuer's discovery document, once per process and not before it is needed. */
export function createDiscovery(issuer: string): () => Promise<Discovery> {
  let found: Promise<Discovery> | undefined;
  return () => {
    found ??= readDocument(issuer).catch((error: unknown) => {
      // A failed look must not stay the answer for ever.
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function readDocument(issuer: string): Promise<Discovery> {
  const document = await fetchJson(`${issuer}/.well-known/openid-configuration`);
  const read = (name: string): unknown =>
    document !== null && typeof document === "object" ? Reflect.get(document, name) : undefined;
  const field = (name: string): string => {
    const value = read(name);
    if (typeof value !== "string")
      throw new Error(`The issuer's discovery document has no ${name}`);
    return value;
  };
  const endSession = read("end_session_endpoint");
  return {
    jwksUri: field("jwks_uri"),
    authorizationEndpoint: field("authorization_endpoint"),
    tokenEndpoint: field("token_endpoint"),
    endSessionEndpoint: typeof endSession === "string" ? endSession : undefined,
  };
}
