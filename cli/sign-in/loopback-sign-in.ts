import { createServer, type Server } from "node:http";
import * as oauth from "oauth4webapi";
import { NotDone } from "../command.ts";
import type { KeptSignIn } from "./kept-tokens.ts";

/**
 * Where the browser comes back to. The address is registered with the sign-in, which takes it letter by letter,
 * its port included.
 */
export const signedInAddress = "http://localhost:8979/signed-in";
const longestWaitMs = 5 * 60_000;

/**
 * Signs somebody in by their browser: authorization code with PKCE (RFC 7636), by way of a loopback address
 * (RFC 8252, 7.3). No secret is involved.
 * @param ask.open - told the address that is to be opened in the browser
 * @throws {NotDone} with a sentence, when it was refused, took too long or the port is taken
 */
export async function signInByBrowser(ask: {
  readonly issuer: string;
  readonly clientId: string;
  readonly isLocal: boolean;
  readonly open: (address: string) => void;
}): Promise<KeptSignIn> {
  const client: oauth.Client = { client_id: ask.clientId };
  const options = { [oauth.allowInsecureRequests]: ask.isLocal };
  const issuer = new URL(ask.issuer);
  const server = await inWords("The sign-in does not answer as it should", async () =>
    oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options)),
  );
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const address = new URL(server.authorization_endpoint ?? ask.issuer);
  address.search = new URLSearchParams({
    client_id: ask.clientId,
    response_type: "code",
    scope: "openid",
    redirect_uri: signedInAddress,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  }).toString();
  const back = await comesBack(() => ask.open(address.href));
  return inWords("The sign-in was refused", async () => {
    const parameters = oauth.validateAuthResponse(server, client, back, state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      signedInAddress,
      verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer);
    return {
      accessToken: tokens.access_token,
      endsAt: new Date(Date.now() + (tokens.expires_in ?? 3600) * 1000).toISOString(),
      issuer: ask.issuer,
      clientId: ask.clientId,
    };
  });
}

/** Waits at the loopback address for the browser, and tells the person that they may go on in the terminal. */
async function comesBack(onReady: () => void): Promise<URL> {
  const { port, hostname, pathname } = new URL(signedInAddress);
  let server: Server | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<URL>((resolve, reject) => {
      server = createServer((request, response) => {
        const url = new URL(request.url ?? "/", signedInAddress);
        if (url.pathname !== pathname) {
          response.writeHead(404).end();
          return;
        }
        response.writeHead(200, {
          "content-type": "text/html; charset=utf-8",
          connection: "close",
        });
        response.end(
          "<!doctype html><title>Throughcare</title><p>You can close this page and go on in the terminal.",
        );
        resolve(url);
      });
      server.once("error", () =>
        reject(
          new NotDone(
            `Port ${port} of this machine is taken: end what uses it, then sign in again.`,
          ),
        ),
      );
      server.listen(Number(port), hostname, onReady);
      timer = setTimeout(
        () => reject(new NotDone("Nobody signed in within five minutes. Nothing was kept.")),
        longestWaitMs,
      );
    });
  } finally {
    clearTimeout(timer);
    server?.close();
  }
}

async function inWords<Done>(sentence: string, act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    throw new NotDone(`${sentence}: ${reasonOf(error)}. Nothing was kept.`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError)
    return error.error_description ?? error.error;
  return error instanceof Error ? error.message.replace(/\.$/, "") : "it gave no reason";
}
