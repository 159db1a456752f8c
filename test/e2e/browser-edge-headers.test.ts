import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { at, isRecord, listOf, resourcesOf } from "../../infra/rules/template.ts";
import { tuesdayMorning } from "../builders/state.ts";
import { SiteWorld } from "../fakes/site-world.ts";
import { StaffWorld } from "../fakes/staff-world.ts";
import { synthesised } from "../infra/support/synthesised.ts";
import { closeWindow, launchBrowser } from "./support/launch-browser.ts";

type EdgeHeader = { readonly name: string; readonly value: string; readonly override: boolean };

/** The headers that decide how a browser sends forms, as the template has CloudFront add them. */
function edgeHeaders(): readonly EdgeHeader[] {
  const [found] = resourcesOf(synthesised("dev").web, "AWS::CloudFront::ResponseHeadersPolicy");
  const config = at(found?.[1].Properties, "ResponseHeadersPolicyConfig");
  const security = at(config, "SecurityHeadersConfig");
  const policy = at(security, "ReferrerPolicy");
  const content = at(security, "ContentSecurityPolicy");
  const custom = listOf(at(config, "CustomHeadersConfig", "Items")).filter(isRecord);
  return [
    ["referrer-policy", at(policy, "ReferrerPolicy"), at(policy, "Override")],
    ["content-security-policy", at(content, "ContentSecurityPolicy"), at(content, "Override")],
    ...custom.map(({ Header, Value, Override }) => [Header, Value, Override]),
  ].map(([name, value, override]) => ({
    name: String(name),
    value: String(value),
    override: override === true,
  }));
}

let browser: Browser;
let edge: readonly EdgeHeader[];
beforeAll(async () => {
  edge = edgeHeaders();
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());

const running: (ServerType | Server)[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** Serves pages as the distribution passes them on. */
async function behindEdge(
  answer: (request: Request) => Response | Promise<Response>,
  headers: readonly EdgeHeader[],
): Promise<string> {
  return new Promise((resolve) => {
    const fetch = async (request: Request) => {
      const response = await answer(request);
      for (const { name, value, override } of headers)
        if (override || !response.headers.has(name)) response.headers.set(name, value);
      return response;
    };
    running.push(
      serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      ),
    );
  });
}

/** An issuer on another host, as in a deployment. */
async function issuerElsewhere(): Promise<string> {
  const server = createServer((_request, response) => response.end("signed out"));
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** Signs out by the form of the staff's page; tells the origin that the browser sent, and where it came to. */
async function signOutThrough(headers: readonly EdgeHeader[]) {
  let world: StaffWorld | undefined;
  const origin = await behindEdge(async (request) => {
    if (world === undefined) throw new Error("There is no world yet");
    return world.fetch(request);
  }, headers);
  const issuer = await issuerElsewhere();
  const discovery = async () => ({
    issuer,
    end_session_endpoint: `${issuer}/logout`,
  });
  world = await StaffWorld.create(tuesdayMorning, discovery, origin);
  const context = await browser.newContext();
  context.setDefaultTimeout(120_000);
  const [name = "", value = ""] = world.sessionCookie("casey-riverside").split("=");
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/staff`);
  const sent = page.waitForRequest((request) => request.url().endsWith("/staff/sign-out"));
  await page.click(".who button");
  const sentOrigin = await (await sent).headerValue("origin");
  const isStillIn = async () => (await world.page("casey-riverside", "/staff")).status === 200;
  return { page, origin, issuer, sentOrigin, isStillIn };
}

describe("behind the distribution", () => {
  test("the staff's forms name their origin, and sign-out goes on to an issuer on another host", async () => {
    const { page, origin, issuer, sentOrigin, isStillIn } = await signOutThrough(edge);
    expect(sentOrigin).toBe(origin);
    await page.waitForURL(`${issuer}/logout?**`);
    expect(await isStillIn()).toBe(false);
    await closeWindow(page.context());
  });

  test("a policy of no-referrer would hide the origin, and older browsers' forms would be refused", async () => {
    const hiding = { name: "referrer-policy", value: "no-referrer", override: true };
    const { page, sentOrigin } = await signOutThrough([hiding]);
    expect(sentOrigin).toBe("null");
    await closeWindow(page.context());
    // What browsers send that do not name the site beside it.
    const world = await StaffWorld.create(tuesdayMorning);
    await world.page("casey-riverside", "/staff/sign-out", {}, { origin: "null" });
    expect((await world.page("casey-riverside", "/staff")).status).toBe(200);
  });

  test("the participants' pages keep their own stricter policy, and their forms are taken", async () => {
    const world = await SiteWorld.start({ publicOrigin: "http://127.0.0.1" });
    const origin = await behindEdge(async (request) => world.site.fetch(request), edge);
    const token = await world.askForm(await world.participant());
    const page = await browser.newPage();
    const answer = await page.goto(`${origin}/k/${token}`);
    expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
    await page.click("main button");
    await page.waitForURL(/\/screen\?of=/);
    await page.click("main button");
    await page.waitForURL(/\/screen\/1\?of=/);
    await closeWindow(page);
  });
});
