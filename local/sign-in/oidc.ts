import type { IncomingMessage, ServerResponse } from "node:http";
import type { Configuration } from "oidc-provider";
import { errors, Provider } from "oidc-provider";
import * as z from "zod";
import type { NodeListener } from "../http/http-server.ts";
import { readBody } from "../http/node-message.ts";
import type { AccessTokenIssuer } from "./access-token.ts";
import { ACCESS_TOKEN_SECONDS, API_SCOPE, signAccessToken } from "./access-token.ts";
import type { OidcItems } from "./oidc-store.ts";
import { OidcStore } from "./oidc-store.ts";
import { signInPage, signInProblemPage, signOutPage } from "./sign-in-page.ts";
import type { StaffAccount } from "./staff-account.ts";

/** What the issuer needs to know. */
export interface OidcOptions extends AccessTokenIssuer {
  /** Where a browser may be sent back to, complete addresses. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  /** Who can sign in; asked anew for every page. */
  readonly staff: () => readonly StaffAccount[];
}

const CHOICE = /\/sign-in\/[\w-]+$/;
const LARGEST_FORM_BYTES = 4096;
/** A working day. */
const REFRESH_TOKEN_SECONDS = 12 * 3600;

/** Answers everything under the issuer's path: discovery, keys, authorization, tokens, sign-in page. */
export function createOidc(options: OidcOptions): NodeListener {
  const mountPath = new URL(options.issuer).pathname.replace(/\/$/, "");
  const provider = new Provider(options.issuer, configurationOf(options, mountPath));
  provider.use(async (context, next) => {
    await next();
    const staffId = staffIdOfTokenAnswer(context.oidc);
    if (context.status !== 200 || staffId === undefined) return;
    context.body = await withOwnAccessToken(context.body, staffId, options);
  });
  const callback = provider.callback();

  return (request, response) => {
    const url = request.url ?? "/";
    const path = url.split("?")[0] ?? "/";
    if (CHOICE.test(path)) {
      void choose(provider, options, request, response);
      return;
    }
    // The library finds out where it is mounted by comparing these two.
    Object.assign(request, { originalUrl: url });
    request.url = url.slice(mountPath.length) || "/";
    void callback(request, response);
  };
}

const tokenAnswerSchema = z.object({
  route: z.literal("token"),
  entities: z.object({ Account: z.object({ accountId: z.string() }) }),
});

/** Whom the library just gave tokens, undefined for every other answer. */
function staffIdOfTokenAnswer(oidc: unknown): string | undefined {
  return tokenAnswerSchema.safeParse(oidc).data?.entities.Account.accountId;
}

/**
 * Puts the API's own token in the place of the library's, which knows access tokens only as random
 * strings or with an `aud`; the console and the sign-in call then get the very same kind.
 */
async function withOwnAccessToken(
  body: unknown,
  staffId: string,
  options: OidcOptions,
): Promise<unknown> {
  const account = options.staff().find((candidate) => candidate.staffId === staffId);
  if (account === undefined || typeof body !== "object" || body === null) return body;
  const accessToken = await signAccessToken(options, { as: account.role, staffId });
  return { ...body, access_token: accessToken, scope: API_SCOPE };
}

async function choose(
  provider: Provider,
  options: OidcOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const interaction = await provider.interactionDetails(request, response);
    const accounts = options.staff();
    if (request.method !== "POST") {
      const action = new URL(request.url ?? "/", options.issuer).pathname;
      sendPage(response, 200, signInPage(accounts, action));
      return;
    }
    const body = await readBody(request, LARGEST_FORM_BYTES);
    const form = new URLSearchParams(typeof body === "string" ? "" : body.toString("utf8"));
    const account = accounts.find(({ staffId }) => staffId === form.get("staffId"));
    if (account === undefined) {
      sendPage(response, 400, signInProblemPage("Go back and choose one of the people listed."));
      return;
    }
    const result = { ...interaction.result, login: { accountId: account.staffId } };
    await provider.interactionFinished(request, response, result);
  } catch (error) {
    const isStale = error instanceof errors.SessionNotFound;
    const sentence = isStale
      ? "It was started too long ago, or in another browser. Open the staff pages again."
      : "Something went wrong. Open the staff pages again.";
    if (!response.headersSent) sendPage(response, isStale ? 400 : 500, signInProblemPage(sentence));
  }
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(page);
}

function configurationOf(options: OidcOptions, mountPath: string): Configuration {
  const accountOf = (staffId: string) =>
    options.staff().find((candidate) => candidate.staffId === staffId);
  const items: OidcItems = new Map();
  return {
    adapter: (model) => new OidcStore(model, items),
    jwks: { keys: [{ ...options.key.privateJwk }] },
    clients: [
      {
        client_id: options.clientId,
        token_endpoint_auth_method: "none",
        application_type: "web",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [...options.redirectUris],
        post_logout_redirect_uris: [...(options.postLogoutRedirectUris ?? [])],
      },
    ],
    cookies: { keys: [options.key.keyId] },
    scopes: ["openid", "profile", API_SCOPE],
    claims: { profile: ["name"] },
    pkce: { required: () => true },
    routes: { jwks: "/.well-known/jwks.json" },
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: ACCESS_TOKEN_SECONDS,
      Interaction: 3600,
      RefreshToken: REFRESH_TOKEN_SECONDS,
      Session: 86_400,
    },
    // Like Cognito, which gives something to renew with at every sign-in, and the same until it ends.
    issueRefreshToken: async () => true,
    rotateRefreshToken: false,
    features: {
      revocation: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          context.type = "html";
          context.body = signOutPage(form);
        },
      },
    },
    interactions: { url: (_context, interaction) => `${mountPath}/sign-in/${interaction.uid}` },
    findAccount(_context, staffId) {
      const account = accountOf(staffId);
      if (account === undefined) return undefined;
      const claims = () => ({ sub: staffId, name: account.name });
      return { accountId: staffId, claims };
    },
    // Staff of a machine's only client are not asked for a consent of their own.
    async loadExistingGrant(context) {
      const { client, session, provider } = context.oidc;
      const known = client && session?.grantIdFor(client.clientId);
      if (known !== undefined) return provider.Grant.find(known);
      const grant = new provider.Grant({
        ...(client === undefined ? {} : { clientId: client.clientId }),
        ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
      });
      grant.addOIDCScope(`openid profile ${API_SCOPE}`);
      await grant.save();
      return grant;
    },
    renderError(context, out) {
      context.type = "html";
      context.body = signInProblemPage(out.error_description ?? out.error);
    },
  };
}
