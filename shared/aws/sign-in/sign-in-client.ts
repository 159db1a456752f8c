import {
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  customFetch,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  processRevocationResponse,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from "oauth4webapi";
import * as z from "zod";
import type { SignIn, Tokens } from "../../ports/sign-in.ts";
import { type Discovery, requestOptions } from "./discovery.ts";

const keptSchema = z.tuple([z.string(), z.string(), z.string()]);

/**
 * Signs staff in by the authorization code flow with PKCE, state and nonce (RFC 6749, RFC 7636, OpenID Connect
 * Core 1.0), renews their tokens, and signs them out. A public client: it has no secret of its own.
 */
export function createSignIn(input: {
  readonly discovery: Discovery;
  readonly clientId: string;
  readonly redirectUri: string;
  /** How the issuer is asked; the runtime's own way unless told otherwise. */
  readonly fetch?: typeof fetch;
}): SignIn {
  const { discovery, redirectUri } = input;
  const optionsFor = (url: string | undefined) => ({
    ...requestOptions(url),
    ...(input.fetch === undefined ? {} : { [customFetch]: input.fetch }),
  });
  const client: Client = { client_id: input.clientId };
  return {
    async begin({ mustAskAgain }) {
      const { authorization_endpoint: endpoint } = await discovery();
      if (endpoint === undefined) throw new Error("The issuer names no authorization endpoint");
      const [state, verifier, nonce] = [
        generateRandomState(),
        generateRandomCodeVerifier(),
        generateRandomNonce(),
      ];
      const url = new URL(endpoint);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: client.client_id,
        redirect_uri: redirectUri,
        scope: "openid",
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(mustAskAgain ? { prompt: "login" } : {}),
      }).toString();
      return { url: url.href, kept: JSON.stringify([state, verifier, nonce]) };
    },

    async finish(answer, kept) {
      const issuer = await discovery();
      const [state, verifier, nonce] = keptSchema.parse(JSON.parse(kept));
      const checked = validateAuthResponse(issuer, client, answer, state);
      const response = await authorizationCodeGrantRequest(
        issuer,
        client,
        None(),
        checked,
        redirectUri,
        verifier,
        optionsFor(issuer.token_endpoint),
      );
      return tokensOf(
        await processAuthorizationCodeResponse(issuer, client, response, {
          expectedNonce: nonce,
          requireIdToken: true,
        }),
      );
    },

    async renew(refreshToken) {
      const issuer = await discovery();
      const response = await refreshTokenGrantRequest(
        issuer,
        client,
        None(),
        refreshToken,
        optionsFor(issuer.token_endpoint),
      );
      return tokensOf(await processRefreshTokenResponse(issuer, client, response));
    },

    async revoke(refreshToken) {
      const issuer = await discovery();
      if (issuer.revocation_endpoint === undefined) return;
      const options = optionsFor(issuer.revocation_endpoint);
      await processRevocationResponse(
        await revocationRequest(issuer, client, None(), refreshToken, options),
      );
    },

    async endUrl(backTo) {
      const { end_session_endpoint: endpoint } = await discovery();
      if (endpoint === undefined) return undefined;
      const url = new URL(endpoint);
      // By the standard's names (OpenID Connect RP-Initiated Logout 1.0) and by Cognito's.
      url.searchParams.set("client_id", client.client_id);
      url.searchParams.set("post_logout_redirect_uri", backTo);
      url.searchParams.set("logout_uri", backTo);
      return url.href;
    },
  };
}

function tokensOf(response: TokenEndpointResponse): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken } = response;
  return { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
}
