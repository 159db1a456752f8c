import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDiscovery } from "../../../../shared/aws/sign-in/discovery.ts";
import { createSignIn } from "../../../../shared/aws/sign-in/sign-in-client.ts";
import { startWireStub, type WireStub } from "../../../fakes/wire-stub.ts";

const clientId = "console";
const redirectUri = "https://care.example.org/staff/signed-in";
let stub: WireStub;
beforeAll(async () => {
  stub = await startWireStub();
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

const json = (body: unknown, status = 200) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

function issuer(change: Record<string, unknown> = {}) {
  return json({
    issuer: stub.url,
    jwks_uri: `${stub.url}/keys`,
    authorization_endpoint: `${stub.url}/authorize`,
    token_endpoint: `${stub.url}/token`,
    revocation_endpoint: `${stub.url}/revoke`,
    end_session_endpoint: `${stub.url}/logout`,
    ...change,
  });
}

const client = () => createSignIn({ discovery: createDiscovery(stub.url), clientId, redirectUri });

/** A sign-in that was begun, and what the browser was sent to the issuer with. */
async function begun(how = { mustAskAgain: false }) {
  stub.answerNext(issuer());
  const signIn = client();
  const { url, kept } = await signIn.begin(how);
  const { origin, pathname, searchParams } = new URL(url);
  return { signIn, kept, place: `${origin}${pathname}`, asked: Object.fromEntries(searchParams) };
}

function tokens(nonce: unknown, change: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: stub.url, aud: clientId, sub: "casey", iat: now, exp: now + 600, nonce };
  return {
    access_token: "an-access-token",
    refresh_token: "a-refresh-token",
    token_type: "Bearer",
    id_token: `${part({ alg: "RS256" })}.${part({ ...claims, ...change })}.${part({})}`,
  };
}

const answer = (state: string, more: Record<string, string> = {}) =>
  new URLSearchParams({ code: "a-code", state, ...more });
const formOf = (index: number) =>
  Object.fromEntries(new URLSearchParams(stub.requests[index]?.body));

describe("a sign-in that begins", () => {
  it("sends the browser to the issuer for a code, back to this place, for this client", async () => {
    const { place, asked } = await begun();
    expect(place).toBe(`${stub.url}/authorize`);
    expect(asked).toEqual({
      response_type: "code",
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: "openid",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
  });

  it("says nothing in the address of what only this browser may know", async () => {
    const { asked, kept } = await begun();
    const [state, verifier, nonce] = JSON.parse(kept) as string[];
    expect({ state, nonce }).toEqual({ state: asked.state, nonce: asked.nonce });
    expect(new Set([state, verifier, nonce]).size).toBe(3);
    expect(Object.values(asked)).not.toContain(verifier);
    const challenge = createHash("sha256").update(String(verifier)).digest("base64url");
    expect(asked.code_challenge).toBe(challenge);
  });

  it("has another state, nonce and secret each time", async () => {
    const [one, other] = [await begun(), await begun()];
    const parts = [one, other].flatMap(({ kept }) => JSON.parse(kept) as string[]);
    expect(new Set(parts).size).toBe(6);
  });

  it("asks for the password again only where a session had run out", async () => {
    expect((await begun()).asked).not.toHaveProperty("prompt");
    expect((await begun({ mustAskAgain: true })).asked).toMatchObject({ prompt: "login" });
  });

  it("does not begin where the issuer has no place for it", async () => {
    stub.answerNext(issuer({ authorization_endpoint: undefined }));
    await expect(client().begin({ mustAskAgain: false })).rejects.toThrow(
      "no authorization endpoint",
    );
  });
});

describe("a sign-in that comes back", () => {
  it("gets its tokens for the code, with the secret behind the challenge, and no secret of a client", async () => {
    const { signIn, kept, asked } = await begun();
    stub.answerNext(json(tokens(asked.nonce)));
    expect(await signIn.finish(answer(asked.state ?? ""), kept)).toEqual({
      accessToken: "an-access-token",
      refreshToken: "a-refresh-token",
    });
    expect(stub.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /.well-known/openid-configuration",
      "POST /token",
    ]);
    expect(formOf(1)).toEqual({
      grant_type: "authorization_code",
      code: "a-code",
      redirect_uri: redirectUri,
      client_id: clientId,
      code_verifier: (JSON.parse(kept) as string[])[1],
    });
  });

  it.each<[string, (state: string) => URLSearchParams]>([
    ["with another state", () => answer("another")],
    ["without a state", () => new URLSearchParams({ code: "a-code" })],
    ["with two states", (state) => new URLSearchParams(`code=a&state=${state}&state=${state}`)],
    ["without a code", (state) => new URLSearchParams({ state })],
    ["from another issuer", (state) => answer(state, { iss: "https://other.example.org" })],
    ["with a refusal", (state) => new URLSearchParams({ state, error: "access_denied" })],
  ])("%s is not taken to the issuer", async (_what, make) => {
    const { signIn, kept, asked } = await begun();
    await expect(signIn.finish(make(asked.state ?? ""), kept)).rejects.toThrow();
    expect(stub.requests).toHaveLength(1);
  });

  it.each<[string, (nonce: string) => object]>([
    ["of another sign-in", () => tokens("another-nonce")],
    ["of no sign-in", () => tokens(undefined)],
    ["without saying who signed in", (nonce) => ({ ...tokens(nonce), id_token: undefined })],
    ["for another client", (nonce) => tokens(nonce, { aud: "another" })],
    ["from another issuer", (nonce) => tokens(nonce, { iss: "https://other.example.org" })],
    ["that has ended", (nonce) => tokens(nonce, { exp: 1_700_000_000 })],
    ["of another kind", (nonce) => ({ ...tokens(nonce), token_type: "mac" })],
  ])("with a token %s opens nothing", async (_what, make) => {
    const { signIn, kept, asked } = await begun();
    stub.answerNext(json(make(asked.nonce ?? "")));
    await expect(signIn.finish(answer(asked.state ?? ""), kept)).rejects.toThrow();
  });

  it("opens nothing where the issuer refuses the code, or what was kept is none of ours", async () => {
    const { signIn, kept, asked } = await begun();
    stub.answerNext(json({ error: "invalid_grant" }, 400));
    await expect(signIn.finish(answer(asked.state ?? ""), kept)).rejects.toThrow();
    for (const other of ["[]", "{}", '["a","b"]', "no JSON"])
      await expect(signIn.finish(answer(asked.state ?? ""), other)).rejects.toThrow();
  });
});

describe("a session that goes on", () => {
  it("is renewed with its refresh token, for this client, and keeps the token that is not replaced", async () => {
    stub.answerNext(issuer(), json({ access_token: "next", token_type: "Bearer" }));
    expect(await client().renew("a-refresh-token")).toEqual({ accessToken: "next" });
    expect(formOf(1)).toEqual({
      grant_type: "refresh_token",
      refresh_token: "a-refresh-token",
      client_id: clientId,
    });
  });

  it("ends at the issuer, too: the refresh token is taken back there", async () => {
    stub.answerNext(issuer(), json({}));
    await client().revoke("a-refresh-token");
    expect(stub.requests[1]).toMatchObject({ method: "POST", url: "/revoke" });
    expect(formOf(1)).toMatchObject({ token: "a-refresh-token", client_id: clientId });
    stub.reset();
    stub.answerNext(issuer({ revocation_endpoint: undefined }));
    await client().revoke("a-refresh-token");
    expect(stub.requests).toHaveLength(1);
  });

  it("leads to the issuer's page for signing out and from there back, by both of its names", async () => {
    stub.answerNext(issuer());
    const back = "https://care.example.org/staff";
    const { origin, pathname, searchParams } = new URL((await client().endUrl(back)) ?? "");
    expect(`${origin}${pathname}`).toBe(`${stub.url}/logout`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: clientId,
      post_logout_redirect_uri: back,
      logout_uri: back,
    });
    stub.answerNext(issuer({ end_session_endpoint: undefined }));
    expect(await client().endUrl(back)).toBeUndefined();
  });
});

it("nothing of a sign-in goes over an open line but on this very machine", async () => {
  const elsewhere = createSignIn({
    discovery: async () => ({
      issuer: "http://sign-in.example.org",
      token_endpoint: "http://sign-in.example.org/token",
    }),
    clientId,
    redirectUri,
    fetch: async () => {
      throw new Error("It was sent");
    },
  });
  await expect(elsewhere.renew("a-refresh-token")).rejects.toThrow(/HTTPS/i);
});
