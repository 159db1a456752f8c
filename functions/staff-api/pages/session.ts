import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { Hono } from "hono/tiny";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { Logger } from "../../../shared/ports/logger.ts";
import type { Secrets } from "../../../shared/ports/secrets.ts";
import type { Discovery, VerifyToken } from "../../../shared/ports/sign-in.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { signOut } from "../../../shared/store/sign-out.ts";
import { staffLayout } from "./layout.ts";

export type SessionDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  readonly discovery: () => Promise<Discovery>;
  readonly clientId: string;
  readonly publicOrigin: string;
  readonly verifyToken: VerifyToken;
  readonly newId: () => string;
  readonly postForm: (url: string, fields: Readonly<Record<string, string>>) => Promise<unknown>;
};

const sessionCookie = "staff-session";
const stateCookie = "staff-sign-in";

/** Sign-in of staff pages by the authorization code flow with PKCE; the token stays in an HttpOnly cookie. */
export function sessionRoutes(deps: SessionDeps) {
  const app = new Hono();
  const redirectUri = `${deps.publicOrigin}/staff/signed-in`;
  const isSecure = deps.publicOrigin.startsWith("https:");
  const cookie = { path: "/staff", httpOnly: true, sameSite: "Lax", secure: isSecure } as const;

  app.get("/staff/sign-in", async (context) => {
    const state = deps.secrets.sha256(deps.secrets.sealValue(deps.newId()));
    const verifier = deps.secrets.sha256(deps.secrets.sealValue(`verifier ${state}`));
    setCookie(context, stateCookie, deps.secrets.sealValue(`${stateCookie}:${state}.${verifier}`), {
      ...cookie,
      maxAge: 600,
    });
    const { authorizationEndpoint } = await deps.discovery();
    const url = new URL(authorizationEndpoint);
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: deps.clientId,
      redirect_uri: redirectUri,
      scope: "openid",
      state,
      code_challenge: base64Url(deps.secrets.sha256(verifier)),
      code_challenge_method: "S256",
    }).toString();
    return context.redirect(url.href, 303);
  });

  app.get("/staff/signed-in", async (context) => {
    const opened = deps.secrets.openValue(getCookie(context, stateCookie) ?? "") ?? "";
    // What was sealed for another purpose begins with another name.
    const [, state, verifier] = /^staff-sign-in:([0-9a-f]+)\.([0-9a-f]+)$/.exec(opened) ?? [];
    const code = context.req.query("code");
    if (
      state === undefined ||
      verifier === undefined ||
      code === undefined ||
      context.req.query("state") !== state
    ) {
      return context.redirect("/staff?problem=sign-in", 303);
    }
    deleteCookie(context, stateCookie, cookie);
    const { tokenEndpoint } = await deps.discovery();
    const answer = await deps.postForm(tokenEndpoint, {
      grant_type: "authorization_code",
      client_id: deps.clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
    const token =
      answer !== null && typeof answer === "object"
        ? Reflect.get(answer, "access_token")
        : undefined;
    if (typeof token !== "string" || (await deps.verifyToken(token)) === undefined)
      return context.redirect("/staff?problem=sign-in", 303);
    setCookie(context, sessionCookie, token, { ...cookie, maxAge: 3600 });
    return context.redirect("/staff", 303);
  });

  /**
   * Ends the token, wherever a copy of it may be, then the issuer's own session: without that, the next
   * person at the desk would be signed in again by one click. The browser goes there from a page, since
   * pages of ours may send no form to another host, nor be led there by one.
   */
  app.post("/staff/sign-out", async (context) => {
    const text = sessionToken(context.req.header("cookie"));
    const token = text === undefined ? undefined : await deps.verifyToken(text);
    if (token !== undefined) await signOut(deps, token);
    deleteCookie(context, sessionCookie, cookie);
    const onwards = await endSessionUrl();
    if (onwards === undefined) return context.html(signedOutPage(undefined));
    context.header("refresh", `0; url=${onwards}`);
    return context.html(signedOutPage(onwards));
  });

  /** Where the issuer ends its session, by the standard's names and by Cognito's. */
  async function endSessionUrl(): Promise<string | undefined> {
    try {
      const { endSessionEndpoint } = await deps.discovery();
      if (endSessionEndpoint === undefined) return undefined;
      const url = new URL(endSessionEndpoint);
      const back = `${deps.publicOrigin}/staff`;
      url.searchParams.set("client_id", deps.clientId);
      url.searchParams.set("post_logout_redirect_uri", back);
      url.searchParams.set("logout_uri", back);
      return url.href;
    } catch (error) {
      deps.logger.error("The issuer could not be asked where sign-out goes on", { error });
      return undefined;
    }
  }
  return app;
}

function signedOutPage(onwards: string | undefined) {
  return staffLayout({
    title: "You are signed out here",
    content:
      onwards === undefined
        ? html`<p class="card">The sign-in service could not be told. At a desk that others use, close every window of this browser. <a href="/staff">Sign in again</a></p>`
        : html`<p class="card">Signing you out of the sign-in service, too. <a href="${onwards}">Go on, if nothing happens</a></p>`,
  });
}

export function sessionToken(cookieHeader: string | undefined): string | undefined {
  return /(?:^|;\s*)staff-session=([A-Za-z0-9_.-]{1,4000})/.exec(cookieHeader ?? "")?.[1];
}

/** Hex to base64url, as PKCE wants its challenge. */
function base64Url(hex: string): string {
  const bytes =
    hex.match(/../g)?.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))) ?? [];
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
