import type { NodeListener } from "../http/http-server.ts";
import type { AccessTokenRequest } from "./access-token.ts";
import { signAccessToken } from "./access-token.ts";
import { createOidc } from "./oidc.ts";
import { loadSignInKey } from "./sign-in-key.ts";
import type { StaffAccount } from "./staff-account.ts";

/** How {@link createSignIn} starts. */
export interface SignInOptions {
  /** Where the key is kept; without it tokens end with the process. */
  readonly dataFolder?: string;
  /** The address of the server, for example http://127.0.0.1:8080, without a path. */
  readonly origin: string;
  /** Where a browser may be sent back to: paths on the server or complete addresses. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  /** Who can sign in. */
  readonly staff: () => readonly StaffAccount[];
  /** The clock of tokens signed without a browser, epoch milliseconds; real time unless told otherwise. */
  readonly nowEpochMs?: () => number;
}

/** The issuer of this machine's tokens. */
export interface SignIn {
  /** The value of `iss`; discovery lies below it at /.well-known/openid-configuration. */
  readonly issuer: string;
  readonly clientId: string;
  /** Serves everything under `/_local/oidc`. */
  readonly listen: NodeListener;
  /** Signs an access token without a browser, good for an hour of real time. */
  mintAccessToken(request: AccessTokenRequest): Promise<string>;
}

/** Where the issuer is mounted. */
export const OIDC_PATH = "/_local/oidc";
const CLIENT_ID = "throughcare-console";

/** Sets up sign-in. Rejects where the stored key cannot be read. */
export async function createSignIn(options: SignInOptions): Promise<SignIn> {
  const key = await loadSignInKey(options.dataFolder);
  const issuer = `${options.origin}${OIDC_PATH}`;
  const by = { key, issuer, clientId: CLIENT_ID };
  const absolute = (address: string) => new URL(address, options.origin).href;
  return {
    issuer,
    clientId: CLIENT_ID,
    listen: createOidc({
      ...by,
      redirectUris: options.redirectUris.map(absolute),
      postLogoutRedirectUris: (options.postLogoutRedirectUris ?? []).map(absolute),
      staff: options.staff,
    }),
    mintAccessToken: (request) =>
      signAccessToken(
        options.nowEpochMs === undefined ? by : { ...by, nowEpochMs: options.nowEpochMs },
        request,
      ),
  };
}
