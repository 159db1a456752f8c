import {
  type AuthorizationServer,
  allowInsecureRequests,
  discoveryRequest,
  processDiscoveryResponse,
} from "oauth4webapi";

/** Reads an issuer's discovery document, or gives what was read before. */
export type Discovery = () => Promise<AuthorizationServer>;

const timeoutMilliseconds = 5000;

/** How the issuer is called: with an end, and in plain only on this very machine. */
export function requestOptions(url: string | undefined) {
  const isThisMachine = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//.test(`${url}/`);
  return {
    signal: AbortSignal.timeout(timeoutMilliseconds),
    [allowInsecureRequests]: isThisMachine,
  };
}

/** Reads an issuer's discovery document (OpenID Connect Discovery 1.0), once per process and not before it is needed. */
export function createDiscovery(issuer: string): Discovery {
  let found: Promise<AuthorizationServer> | undefined;
  return () => {
    found ??= readDocument(issuer).catch((error: unknown) => {
      // A failed look must not stay the answer for ever.
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function readDocument(issuer: string): Promise<AuthorizationServer> {
  const url = new URL(issuer);
  const response = await discoveryRequest(url, { algorithm: "oidc", ...requestOptions(issuer) });
  return processDiscoveryResponse(url, response);
}
