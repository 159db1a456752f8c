import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./support/launch-browser.ts";
import { LocalServer } from "./support/local-server.ts";

/** Staff at a desk that others use, in a real browser against the issuer of the local run. */
describe("signing in and out in a browser", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  let browser: Browser;
  let desk: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([launchBrowser(), server.start()]);
    desk = await browser.newContext();
    desk.setDefaultTimeout(120_000);
    page = await desk.newPage();
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function signIn(): Promise<void> {
    await page.goto(`${server.url}/staff`);
    await page.click("main a.button");
    await page.waitForURL(/sign-in/);
    await page.click("main button >> nth=0");
    await page.waitForURL(`${server.url}/staff`);
  }

  test("sign-out ends the session here and at the issuer; nobody is signed in by one click after it", async () => {
    await signIn();
    const cookies = await desk.cookies(`${server.url}/staff`);
    const session = cookies.find(({ name }) => name === "staff-session")?.value ?? "";
    expect(session).not.toBe("");
    const ask = () =>
      fetch(`${server.url}/staff`, { headers: { cookie: `staff-session=${session}` } });
    expect((await ask()).status).toBe(200);
    const posted = page.waitForRequest((request) => request.url().endsWith("/staff/sign-out"));
    await page.click(".who button");
    expect(await (await posted).headerValue("origin")).toBe(server.url);
    // The issuer's own page, on which nothing but its button can be pressed.
    await page.waitForURL(/\/session\/end/);
    expect((await ask()).status).toBe(401);
    await page.click("main button");
    await page.waitForURL(`${server.url}/staff`);
    await page.waitForSelector("main a.button");
    expect((await ask()).status).toBe(401);
    const api = { headers: { authorization: `Bearer ${session}` } };
    expect((await fetch(`${server.url}/api/v1/queue?siteId=riverside`, api)).status).toBe(401);
    // The issuer asks again who it is.
    await page.click("main a.button");
    await page.waitForSelector("main button >> nth=1");
    expect(page.url()).toContain("/sign-in/");
  });
});
