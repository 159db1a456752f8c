import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { parseIntakeRequest } from "../../shared/contracts/intake-request.ts";
import { root } from "./support/synthesised.ts";

/** Runs a script as its service does, which knows nothing of modules, and hands back what it makes known. */
function load(path: string, globals: Record<string, unknown>): Record<string, unknown> {
  const exports: Record<string, unknown> = {};
  const scope: Record<string, unknown> = { exports, ...globals };
  runInNewContext(readFileSync(join(root, "infra", path), "utf8"), scope);
  return { ...scope, ...exports };
}

type Call = (event: unknown) => Promise<unknown>;
const asCall = (value: unknown): Call => {
  if (typeof value !== "function") throw new Error("The script has no handler");
  return async (event) => value(event);
};

test("the origin check lets the distribution through and nobody else", async () => {
  const check = asCall(
    load("edge/check-origin.cjs", {
      require: (name: string) => process.getBuiltinModule(name),
      process: { env: { ORIGIN_SECRET: "right" } },
    }).handler,
  );
  const asked = (headers: unknown) => check({ headers });
  expect(await asked({ "x-origin-secret": "right" })).toEqual({ isAuthorized: true });
  expect(await asked({ "x-origin-secret": "wrong" })).toEqual({ isAuthorized: false });
  expect(await asked({ "x-origin-secret": "righ" })).toEqual({ isAuthorized: false });
  expect(await asked({})).toEqual({ isAuthorized: false });
  expect(await asked(undefined)).toEqual({ isAuthorized: false });
});

test("the origin check takes both secrets while one takes the place of the other", async () => {
  const check = asCall(
    load("edge/check-origin.cjs", {
      require: (name: string) => process.getBuiltinModule(name),
      process: { env: { ORIGIN_SECRET: "2:newer 1:older" } },
    }).handler,
  );
  const isAuthorized = async (shown: string) => check({ headers: { "x-origin-secret": shown } });
  expect(await isAuthorized("newer")).toEqual({ isAuthorized: true });
  expect(await isAuthorized("older")).toEqual({ isAuthorized: true });
  for (const shown of ["2:newer", "newer older", "2:newer 1:older", "new", ""])
    expect(await isAuthorized(shown), shown).toEqual({ isAuthorized: false });
});

test("the origin check lets nobody through who sends what a missing secret looks like", async () => {
  const check = asCall(
    load("edge/check-origin.cjs", {
      require: (name: string) => process.getBuiltinModule(name),
      process: { env: {} },
    }).handler,
  );
  expect(await check({ headers: { "x-origin-secret": "undefined" } })).toEqual({
    isAuthorized: false,
  });
  expect(await check({ headers: {} })).toEqual({ isAuthorized: false });
});

test.each([
  ["/console", "/console/index.html"],
  ["/console/", "/console/index.html"],
  ["/console/queue/01J0", "/console/index.html"],
  ["/console/assets/main.js", "/console/assets/main.js"],
])("the console's address %s opens %s", async (uri, opened) => {
  const handler = asCall(load("edge/console-path.cjs", {}).handler);
  expect(await handler({ request: { uri } })).toEqual({ uri: opened });
});

let server: Server | undefined;
const sentReferrals: unknown[] = [];
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  server = undefined;
});

type Fault = "none" | "no-page" | "no-headers" | "refused" | "two-episodes" | "open-queue";

async function canaryAgainst(fault: Fault): Promise<Call> {
  let referrals = 0;
  server = createServer((request, response) => {
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => respond(body));
    const respond = (sent: string) => {
      if (request.url === "/start")
        return answer(
          fault === "no-page" ? 502 : 200,
          {},
          fault === "no-headers" ? {} : { "strict-transport-security": "max-age=1" },
        );
      if (request.url === "/api/v1/intakes") {
        referrals += 1;
        sentReferrals.push(JSON.parse(sent));
        return answer(fault === "refused" ? 500 : 202, {
          reference: fault === "two-episodes" ? `R-${referrals}` : "R-1",
          episodeId: "01J0",
        });
      }
      return answer(fault === "open-queue" ? 200 : 401, {});
    };
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  const { handler } = load("canary/walk-intake.cjs", {
    fetch,
    Date,
    process: {
      env: {
        ORIGIN: `http://127.0.0.1:${address.port}`,
        SITE_ID: "canary",
        PROGRAM_ID: "adult-iop",
      },
    },
  });
  return asCall(handler);
}

test("the canary is content when intake works, and sends what intake takes", async () => {
  const walk = await canaryAgainst("none");
  await expect(walk({})).resolves.toBeUndefined();
  const { problems } = parseIntakeRequest(sentReferrals.at(-1), "2026-01-12");
  expect(problems).toBeUndefined();
  expect(JSON.stringify(sentReferrals.at(-1))).toContain("Fictional");
});

test.each([
  ["no-page", "The intake page answered 502"],
  ["no-headers", "without its security headers"],
  ["refused", "The referral was answered with 500"],
  ["two-episodes", "made a second episode"],
  ["open-queue", "The queue answered 200 to a stranger"],
] as const)("the canary fails on %s and says so", async (fault, sentence) => {
  const walk = await canaryAgainst(fault);
  await expect(walk({})).rejects.toThrow(sentence);
});
