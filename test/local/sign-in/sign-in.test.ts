import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningHttpServer } from "../../../local/http/http-server.ts";
import { createHttpServer } from "../../../local/http/http-server.ts";
import type { SignIn } from "../../../local/sign-in/sign-in.ts";
import { createSignIn, OIDC_PATH } from "../../../local/sign-in/sign-in.ts";
import type { StaffAccount } from "../../../local/sign-in/staff-account.ts";
import { findStaff } from "../../../local/sign-in/staff-account.ts";
import { CookieBrowser } from "../../fakes/cookie-browser.ts";

const STAFF: readonly StaffAccount[] = [
  {
    staffId: "01STAFFCASEMANAGER00000000",
    name: "Dana Okoye",
    role: "case-manager",
    siteIds: ["elm-street"],
  },
  { staffId: "01STAFFCLINICIAN0000000000", name: "Lee <Moreau>", role: "clinician", siteIds: [] },
];

describe("local sign-in", () => {
  let server: RunningHttpServer;
  let signIn: SignIn;
  const dataFolder = mkdtempSync(join(tmpdir(), "throughcare-sign-in-"));

  beforeAll(async () => {
    server = await createHttpServer({ routes: [], port: 0 });
    signIn = await createSignIn({
      dataFolder,
      origin: server.url,
      redirectUris: ["/console/signed-in"],
      staff: () => STAFF,
    });
    server.mount({ prefix: OIDC_PATH, listen: signIn.listen });
  });

  afterAll(async () => {
    await server.close();
    rmSync(dataFolder, { recursive: true });
  });

  async function discovery(): Promise<Record<string, string>> {
    const response = await fetch(`${signIn.issuer}/.well-known/openid-configuration`);
    expect(response.status).toBe(200);
    return response.json() as Promise<Record<string, string>>;
  }

  async function verify(token: string) {
    const { jwks_uri: jwksUri } = await discovery();
    const keys = createRemoteJWKSet(new URL(jwksUri ?? ""));
    const { payload } = await jwtVerify(token, keys, { issuer: signIn.issuer });
    expect(decodeProtectedHeader(token).alg).toBe("RS256");
    return payload;
  }

  it("publishes an issuer that is exactly the value tokens carry", async () => {
    expect((await discovery()).issuer).toBe(signIn.issuer);
  });

  it("publishes no private part of its key", async () => {
    const { jwks_uri: jwksUri } = await discovery();
    const { keys } = (await (await fetch(jwksUri ?? "")).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {})).not.toContain("d");
  });

  it("mints an access token of Cognito's shape that verifies through the published keys", async () => {
    const [account] = STAFF;
    const token = await signIn.mintAccessToken({
      as: "case-manager",
      staffId: account?.staffId ?? "",
    });
    const claims = await verify(token);
    expect(claims).toMatchObject({
      sub: account?.staffId,
      username: account?.staffId,
      client_id: signIn.clientId,
      token_use: "access",
      "cognito:groups": ["case-manager"],
    });
    expect(claims).not.toHaveProperty("aud");
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
    expect(Math.abs((claims.iat ?? 0) - Date.now() / 1000)).toBeLessThan(30);
  });

  it("keeps its key over a restart", async () => {
    const token = await signIn.mintAccessToken({
      as: "clinician",
      staffId: "01STAFFCLINICIAN0000000000",
    });
    const again = await createSignIn({
      dataFolder,
      origin: server.url,
      redirectUris: ["/"],
      staff: () => [],
    });
    expect(
      decodeProtectedHeader(await again.mintAccessToken({ as: "operator", staffId: "x" })).kid,
    ).toBe(decodeProtectedHeader(token).kid);
  });

  it("signs a browser in through the page, with PKCE, and gives the same kind of token", async () => {
    const { authorization_endpoint: authorize, token_endpoint: tokenEndpoint } = await discovery();
    const verifier = randomBytes(32).toString("base64url");
    const redirectUri = `${server.url}/console/signed-in`;
    const start = new URL(authorize ?? "");
    start.search = new URLSearchParams({
      client_id: signIn.clientId,
      response_type: "code",
      scope: "openid profile throughcare/api",
      redirect_uri: redirectUri,
      state: "abc",
      code_challenge_method: "S256",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    }).toString();

    const browser = new CookieBrowser();
    const chooser = await browser.follow(start.href, redirectUri);
    const page = await chooser.response.text();
    expect(chooser.response.status).toBe(200);
    expect(page).toContain("Dana Okoye");
    expect(page).toContain("Lee &lt;Moreau&gt;");

    const wrong = await browser.fetch(chooser.url, {
      method: "POST",
      body: new URLSearchParams({ staffId: "nobody" }),
    });
    expect(wrong.status).toBe(400);

    const chosen = new URLSearchParams({ staffId: STAFF[1]?.staffId ?? "" });
    const end = await browser.follow(chooser.url, redirectUri, { method: "POST", body: chosen });
    const back = new URL(end.url);
    expect(back.searchParams.get("state")).toBe("abc");

    const exchanged = await fetch(tokenEndpoint ?? "", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: signIn.clientId,
        code: back.searchParams.get("code") ?? "",
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    });
    const tokens = (await exchanged.json()) as { access_token: string };
    expect(exchanged.status, JSON.stringify(tokens)).toBe(200);
    const claims = await verify(tokens.access_token);
    expect(claims).toMatchObject({
      sub: STAFF[1]?.staffId,
      username: STAFF[1]?.staffId,
      client_id: signIn.clientId,
      token_use: "access",
      "cognito:groups": ["clinician"],
      scope: "throughcare/api",
    });
    expect(claims).not.toHaveProperty("aud");
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
  });

  it("refuses a return address that was not registered", async () => {
    const { authorization_endpoint: authorize } = await discovery();
    const response = await fetch(
      `${authorize}?client_id=${signIn.clientId}&response_type=code&scope=openid&redirect_uri=http://example.org/`,
      { redirect: "manual" },
    );
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
  });

  it("explains a sign-in page that was opened without a sign-in", async () => {
    const response = await fetch(`${signIn.issuer}/sign-in/not-a-real-one`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Open the staff pages again");
  });

  it("finds staff by role and, where one is named, by site", () => {
    expect(findStaff(STAFF, "case-manager")?.name).toBe("Dana Okoye");
    expect(findStaff(STAFF, "case-manager", "oak-lane")).toBeUndefined();
    expect(findStaff(STAFF, "clinician", "oak-lane")?.staffId).toBe("01STAFFCLINICIAN0000000000");
  });
});
