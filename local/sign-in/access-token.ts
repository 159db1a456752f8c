import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { SignInKey } from "./sign-in-key.ts";
import type { StaffRole } from "./staff-account.ts";

/** How long an access token is good, in seconds of real time. */
export const ACCESS_TOKEN_SECONDS = 3600;

/** The scope of every access token for the API. */
export const API_SCOPE = "throughcare/api";

/** Whom a token is for. */
export interface AccessTokenRequest {
  readonly as: StaffRole;
  readonly staffId: string;
}

/** What signs a token and in whose name. */
export interface AccessTokenIssuer {
  readonly key: SignInKey;
  readonly issuer: string;
  readonly clientId: string;
  /** The instant that tokens are issued at, epoch milliseconds; real time unless told otherwise. */
  readonly nowEpochMs?: () => number;
}

/**
 * Signs an access token. It has Cognito's claims and no
 * `aud`, and lasts an hour: of real time, whatever the virtual clock says, unless the issuer has a clock.
 */
export function signAccessToken(
  by: AccessTokenIssuer,
  request: AccessTokenRequest,
): Promise<string> {
  const issuedAt = Math.floor((by.nowEpochMs ?? Date.now)() / 1000);
  return new SignJWT({
    token_use: "access",
    client_id: by.clientId,
    username: request.staffId,
    "cognito:groups": [request.as],
    scope: API_SCOPE,
  })
    .setProtectedHeader({ alg: "RS256", kid: by.key.keyId, typ: "at+jwt" })
    .setIssuer(by.issuer)
    .setSubject(request.staffId)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(by.key.privateKey);
}
