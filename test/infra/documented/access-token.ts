import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/**
 * An access token with the claims that Cognito documents: there is no `aud`, and whose it is stands in
 * `client_id` and `username`.
 * docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export function accessTokenClaims(input: {
  readonly issuer: string;
  readonly clientId: string;
  readonly username: string;
}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "cognito:groups": ["case-manager"],
    iss: input.issuer,
    version: 2,
    client_id: input.clientId,
    origin_jti: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    event_id: "64f513be-32db-42b0-b78e-b02127b4f463",
    token_use: "access",
    scope: "openid",
    auth_time: now,
    exp: now + 3600,
    iat: now,
    jti: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    username: input.username,
  };
}

export type StandInPool = {
  readonly issuer: string;
  sign(claims: Record<string, unknown>): Promise<string>;
  stop(): void;
};

/** Publishes its keys as a user pool does. */
export async function startStandInPool(): Promise<StandInPool> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: "stand-in", alg: "RS256", use: "sig" };
  let issuer = "";
  const server = createServer((request, response) => {
    const body = request.url?.endsWith("/openid-configuration")
      ? {
          issuer,
          jwks_uri: `${issuer}/.well-known/jwks.json`,
          authorization_endpoint:
            "https://throughcare.auth.us-east-1.amazoncognito.com/oauth2/authorize",
          token_endpoint: "https://throughcare.auth.us-east-1.amazoncognito.com/oauth2/token",
          id_token_signing_alg_values_supported: ["RS256"],
          response_types_supported: ["code", "token"],
          subject_types_supported: ["public"],
        }
      : { keys: [key] };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The pool has no port");
  issuer = `http://127.0.0.1:${address.port}/us-east-1_EXAMPLE`;
  return {
    issuer,
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "stand-in" }).sign(privateKey),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
