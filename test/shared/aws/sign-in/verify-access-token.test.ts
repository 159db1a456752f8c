import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createDiscovery } from "../../../../shared/aws/sign-in/discovery.ts";
import { createAccessTokenVerifier } from "../../../../shared/aws/sign-in/verify-access-token.ts";
import type { VerifyToken } from "../../../../shared/ports/sign-in.ts";
import { startWireStub, type WireStub } from "../../../fakes/wire-stub.ts";
import { accessTokenClaims } from "../../../infra/documented/access-token.ts";

let stub: WireStub;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let others: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  stub = await startWireStub();
  keys = await generateKeyPair("RS256");
  others = await generateKeyPair("RS256");
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

const json = (body: unknown) => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const document = () =>
  json({
    issuer: stub.url,
    jwks_uri: `${stub.url}/keys`,
    authorization_endpoint: `${stub.url}/authorize`,
    token_endpoint: `${stub.url}/token`,
  });
const keySet = async () =>
  json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256", use: "sig" }] });

function verifier(): VerifyToken {
  return createAccessTokenVerifier({
    issuer: stub.url,
    clientId: "console",
    discovery: createDiscovery(stub.url),
  });
}

const claims = () =>
  accessTokenClaims({ issuer: stub.url, clientId: "console", username: "dana-example" });

function token(change: Record<string, unknown> = {}, key = keys.privateKey): Promise<string> {
  return new SignJWT({ ...claims(), ...change })
    .setProtectedHeader({ alg: "RS256", kid: "1" })
    .sign(key);
}

it("tells whose an access token of Cognito is, though it has no audience", async () => {
  stub.answerNext(document(), await keySet());
  expect(await verifier()(await token())).toMatchObject({ staffId: "dana-example" });
});

it("looks for the keys with the first token, and once", async () => {
  stub.answerNext(document(), await keySet());
  const verify = verifier();
  expect(stub.requests).toHaveLength(0);
  for (let round = 0; round < 3; round += 1) {
    expect(await verify(await token())).toBeDefined();
    expect(await verify(await token({}, others.privateKey))).toBeUndefined();
  }
  expect(stub.requests.map(({ url }) => url)).toEqual([
    "/.well-known/openid-configuration",
    "/keys",
  ]);
});

it.each([
  ["of another client", { client_id: "another" }],
  ["that is an id token", { token_use: "id" }],
  ["of another issuer", { iss: "https://sign-in.example.org" }],
  ["that ended more than a minute ago", { exp: 1_700_000_000 }],
  ["that names nobody", { username: undefined }],
  ["that never ends", { exp: undefined }],
  ["that has no id and could not be signed out", { jti: undefined }],
  ["whose id is no id", { jti: "a#b" }],
  ["whose id begins with what is in no id", { jti: "#token-id-1" }],
  ["whose id ends with what is in no id", { jti: "token-id-1#" }],
] as const)("refuses a token %s", async (_name, change) => {
  stub.answerNext(document(), await keySet());
  expect(await verifier()(await token(change))).toBeUndefined();
});

it("refuses what is signed with a shared secret, with nothing, or is no token", async () => {
  stub.answerNext(document(), await keySet());
  const verify = verifier();
  const secret = new TextEncoder().encode("a secret of thirty-two characters");
  const shared = await new SignJWT(claims()).setProtectedHeader({ alg: "HS256" }).sign(secret);
  const [, payload] = (await token()).split(".");
  const header = Buffer.from('{"alg":"none"}').toString("base64url");
  for (const text of [shared, `${header}.${payload}.`, "x", ""])
    expect(await verify(text)).toBeUndefined();
});

it("refuses every token of an issuer that publishes no keys", async () => {
  stub.answerNext(json({ ...JSON.parse(document().body), jwks_uri: undefined }), await keySet());
  expect(await verifier()(await token())).toBeUndefined();
});

it("looks again after the issuer could not be asked", async () => {
  const verify = verifier();
  stub.answerNext({ status: 503 });
  expect(await verify(await token())).toBeUndefined();
  stub.answerNext(document(), await keySet());
  expect(await verify(await token())).toMatchObject({ staffId: "dana-example" });
});

it.each(["PS256", "RS384", "RS512", "ES256"])(
  "refuses %s although its key is published by the issuer: one algorithm, not the one that a token asks for",
  async (algorithm) => {
    const pair = await generateKeyPair(algorithm);
    const published = { ...(await exportJWK(pair.publicKey)), kid: "2", use: "sig" };
    const both = json({ keys: [JSON.parse((await keySet()).body).keys[0], published] });
    stub.answerNext(document(), both);
    const verify = verifier();
    const forged = await new SignJWT(claims())
      .setProtectedHeader({ alg: algorithm, kid: "2" })
      .sign(pair.privateKey);
    expect(await verify(forged)).toBeUndefined();
    expect(await verify(await token())).toMatchObject({ staffId: "dana-example" });
  },
);

it("gives a token that has just ended a minute, for clocks that differ, and no more", async () => {
  stub.answerNext(document(), await keySet());
  const verify = verifier();
  const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
  expect(await verify(await token({ exp: secondsAgo(30) }))).toBeDefined();
  expect(await verify(await token({ exp: secondsAgo(90) }))).toBeUndefined();
});

it("says whose it is, by which id it is signed out, and when it ends", async () => {
  stub.answerNext(document(), await keySet());
  const exp = Math.floor(Date.now() / 1000) + 600;
  expect(await verifier()(await token({ exp, jti: "token-id-1" }))).toEqual({
    staffId: "dana-example",
    tokenId: "token-id-1",
    endsAtEpochSeconds: exp,
  });
});
