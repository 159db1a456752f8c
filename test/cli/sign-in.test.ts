import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Io } from "../../cli/command.ts";
import { runThroughcare } from "../../cli/main.ts";
import { signedInAddress } from "../../cli/sign-in/loopback-sign-in.ts";
import { createHttpServer, type RunningHttpServer } from "../../local/http/http-server.ts";
import { createSignIn, OIDC_PATH } from "../../local/sign-in/sign-in.ts";
import type { StaffAccount } from "../../local/sign-in/staff-account.ts";
import { createDiscovery } from "../../shared/aws/sign-in/discovery.ts";
import { createAccessTokenVerifier } from "../../shared/aws/sign-in/verify-access-token.ts";
import { CookieBrowser } from "../fakes/cookie-browser.ts";

const account: StaffAccount = {
  staffId: "01STAFFOPERATOR00000000000",
  name: "Jo Rivera",
  role: "operator",
  siteIds: [],
};

let server: RunningHttpServer;
let folder: string;
let file: string;

beforeAll(async () => {
  server = await createHttpServer({ routes: [], port: 0 });
  const signIn = await createSignIn({
    origin: server.url,
    redirectUris: [signedInAddress],
    staff: () => [account],
  });
  server.mount({ prefix: OIDC_PATH, listen: signIn.listen });
  const verify = createAccessTokenVerifier({
    issuer: signIn.issuer,
    clientId: signIn.clientId,
    discovery: createDiscovery(signIn.issuer),
  });
  // The part of the API that the commands below ask, behind the check of tokens that the real one has.
  server.mount({
    prefix: "/api",
    listen: async (request, response) => {
      const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
      const known = await verify(token);
      response.writeHead(known === undefined ? 401 : 200, { "content-type": "application/json" });
      response.end(
        JSON.stringify(
          known === undefined
            ? { title: "Sign in first." }
            : { staffId: known.staffId, name: account.name, siteIds: [], items: [] },
        ),
      );
    },
  });
});
afterAll(() => server.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "throughcare-signed-in-"));
  file = join(folder, "throughcare", "sign-in.json");
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Runs the command; whatever address it asks to open is opened in a browser, by whoever `visit` is. */
async function run(argv: readonly string[], visit?: (address: string) => Promise<unknown>) {
  let out = "";
  let err = "";
  let visiting: Promise<unknown> = Promise.resolve();
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
      const address = /^http\S+$/m.exec(text)?.[0];
      if (address !== undefined && visit !== undefined) visiting = visit(address);
    },
    env: { XDG_CONFIG_HOME: folder },
    cwd: folder,
    fetch,
    isColored: false,
  };
  const code = await runThroughcare(argv, io);
  await visiting;
  return { code, out, err };
}

/** Chooses the person on the sign-in page and goes back to where the command waits. */
async function chooses(address: string): Promise<Response> {
  return fetch(await chosen(address));
}

/** The address to which the sign-in leads back whoever has chosen. */
async function chosen(address: string): Promise<string> {
  const browser = new CookieBrowser();
  const page = await browser.follow(address, signedInAddress);
  const back = await browser.follow(page.url, signedInAddress, {
    method: "POST",
    body: new URLSearchParams({ staffId: account.staffId }),
  });
  return back.url;
}

type Back = { readonly own: URLSearchParams; readonly other: URLSearchParams };

const signIn = (visit = chooses) => run(["sign-in", "--server", server.url], visit);

describe("throughcare sign-in", () => {
  it("keeps the token of whoever signed in by the browser, for its owner alone", async () => {
    const { code, out, err } = await signIn();
    expect(err).toContain("Open this address in a browser");
    expect(code, err).toBe(0);
    expect(out).toContain(`Signed in to ${server.url} as Jo Rivera until `);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "throughcare")).mode & 0o777).toBe(0o700);
    expect(out).not.toContain(JSON.parse(readFileSync(file, "utf8"))[server.url].accessToken);
  });

  it("lets the other commands in, without anybody being named", async () => {
    await signIn();
    const { code, out, err } = await run(["participant", "list", "--server", server.url]);
    expect(code, err).toBe(0);
    expect(out).not.toContain("Sign in first");
  });

  it("is used until it ends, and then asked for again", async () => {
    await signIn();
    const elsewhere = "https://care.example.org";
    const kept = JSON.parse(readFileSync(file, "utf8"));
    const ended = { ...kept[server.url], endsAt: "2026-01-01T00:00:00.000Z" };
    writeFileSync(file, JSON.stringify({ ...kept, [elsewhere]: ended }));
    const { code, err } = await run(["participant", "list", "--server", elsewhere]);
    expect(code).toBe(2);
    expect(err).toContain(
      "ended at 2026-01-01T00:00:00.000Z. Sign in again: throughcare sign-in --server https://care.example.org",
    );
  });

  it("tells how to sign in where nobody has", async () => {
    const { code, err } = await run(["alerts", "list", "--server", "https://care.example.org"]);
    expect(code).toBe(2);
    expect(err).toContain("Sign in first: throughcare sign-in --server https://care.example.org");
  });

  it("says that it needs the sign-in's address the first time", async () => {
    const { code, err } = await run(["sign-in", "--server", "https://care.example.org"]);
    expect(code).toBe(2);
    expect(err).toContain("SignInIssuer and SignInClientId");
  });

  it("takes no answer that was not asked for, and keeps nothing", async () => {
    const { code, err } = await signIn(async () =>
      fetch(`${signedInAddress}?code=stolen&state=other`),
    );
    expect(code).toBe(1);
    expect(err).toContain("Nothing was kept.");
    expect(() => statSync(file)).toThrow();
  });

  it.each([
    ["another state", ({ own }: Back) => own.set("state", "other")],
    ["no state", ({ own }: Back) => own.delete("state")],
    [
      "the code of another sign-in",
      ({ own, other }: Back) => own.set("code", String(other.get("code"))),
    ],
  ])("takes no code that the sign-in gave where it comes with %s", async (_what, change) => {
    const { code, err } = await signIn(async (address) => {
      const elsewhere = new URL(address);
      // What somebody else began, who has a secret of their own.
      elsewhere.searchParams.set("code_challenge", "A".repeat(43));
      const [own, other] = [new URL(await chosen(address)), new URL(await chosen(elsewhere.href))];
      change({ own: own.searchParams, other: other.searchParams });
      return fetch(own);
    });
    expect([code, err]).toEqual([1, expect.stringContaining("Nothing was kept.")]);
    expect(() => statSync(file)).toThrow();
  });

  it("says what the sign-in said when it refused", async () => {
    const { code, err } = await signIn(async (address) => {
      const state = new URL(address).searchParams.get("state");
      return fetch(`${signedInAddress}?error=access_denied&state=${state}`);
    });
    expect(code).toBe(1);
    expect(err).toMatch(/The sign-in was refused: .*Nothing was kept/);
  });

  it.each([
    ["read by everybody", 0o644],
    ["read by their group", 0o640],
    ["read by all but their group", 0o604],
    ["written by their group", 0o620],
  ])("uses no file that others have a hand in: %s", async (_who, mode) => {
    await signIn();
    chmodSync(file, mode);
    const { code, err } = await run(["alerts", "list", "--server", server.url]);
    expect(code).toBe(1);
    expect(err).toContain("Others on this machine may read");
  });
});
