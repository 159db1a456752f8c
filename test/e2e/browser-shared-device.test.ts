import { type ServerType, serve } from "@hono/node-server";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SiteWorld } from "../fakes/site-world.ts";
import { accessibilityViolations } from "./support/accessibility.ts";
import { closeWindow, launchBrowser } from "./support/launch-browser.ts";
import { pressBack } from "./support/press-back.ts";

let browser: Browser;
let server: ServerType;
let world: SiteWorld;
let origin: string;
let device: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());
beforeEach(async () => {
  world = await SiteWorld.start({ publicOrigin: "http://127.0.0.1" });
  origin = await new Promise((resolve) => {
    server = serve({ fetch: world.site.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  device = await browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  });
  device.setDefaultTimeout(120_000);
});
afterEach(async () => {
  await closeWindow(device);
  await new Promise((resolve) => server.close(resolve));
});

const pathOf = (page: Page) => new URL(page.url()).pathname;
const send = (page: Page) => page.click("main button >> nth=0");

async function openLink(token: string): Promise<Page> {
  const page = await device.newPage();
  await page.goto(`${origin}/k/${token}`);
  await send(page);
  return page;
}

/** Goes one page on: chooses the given answer where there is something to choose. */
async function goOn(page: Page, choice: number): Promise<void> {
  const radios = page.locator("main input[type=radio]");
  if ((await radios.count()) > 0) await radios.nth(choice).check();
  await send(page);
}

describe("two people's links in two windows of one browser", () => {
  it("are answered in turns, each up to its thanks and each for its own person", async () => {
    const [ana, ben] = [await world.participant(), await world.participant()];
    const anas = await openLink(await world.askForm(ana));
    const bens = await openLink(await world.askForm(ben));
    const isDone = (page: Page) => pathOf(page) === "/screen/done";
    for (let turn = 0; turn < 60 && !(isDone(anas) && isDone(bens)); turn += 1) {
      if (!isDone(anas)) await goOn(anas, 0);
      if (!isDone(bens)) await goOn(bens, 1);
    }
    const answersOf = async (episodeId: string) =>
      (await world.episodeItems(episodeId, "form"))[0]?.answers["phq-9"]?.["phq9-9"];
    expect(await answersOf(ana)).toBe(0);
    expect(await answersOf(ben)).toBe(1);
    expect(await world.episodeItems(ana, "escalation")).toEqual([]);
    expect(await world.episodeItems(ben, "escalation")).toHaveLength(1);
    expect(await anas.locator(".urgent").count()).toBe(0);
    expect(await bens.locator(".urgent").count()).toBe(1);
    // From the thanks to the preferences, each to their own.
    await anas.click("main a[href^='/preferences']");
    await bens.click("main a[href^='/preferences']");
    await anas.check("input[name=texts][value=off]");
    await send(anas);
    expect(await anas.locator("[role=status]").count()).toBe(1);
    expect(world.problems).toEqual([]);
  }, 900_000);

  it("say so and write nothing where a page is bent to the other link", async () => {
    const [ana, ben] = [await world.participant(), await world.participant()];
    const bens = await openLink(await world.askForm(ben));
    const anas = await openLink(await world.askForm(ana));
    const mark = (page: Page) => new URL(page.url()).searchParams.get("of") ?? "";
    await anas.goto(`${origin}/screen/9?of=${mark(anas)}`);
    await anas.locator("main form").evaluate(
      (form, action) => {
        form.setAttribute("action", action);
      },
      `/screen/9?of=${mark(bens)}`,
    );
    await anas.locator("main input[type=radio]").nth(3).check();
    const before = world.everything();
    await send(anas);
    expect(await anas.textContent("h1")).toBe("This page belongs to another link");
    expect(world.everything() === before).toBe(true);
  }, 900_000);
});

describe("a tablet that is handed on", () => {
  async function beginAsAda(page: Page): Promise<void> {
    await page.goto(`${origin}/start`);
    await send(page);
    await page.check("[value=riverside]");
    await send(page);
    await page.check("[value=adult-iop]");
    await send(page);
    await page.fill("#given", "Ada");
    await page.fill("#family", "Quill");
    await send(page);
    expect(pathOf(page)).toBe("/start/used-name");
    await send(page);
    expect(pathOf(page)).toBe("/start/birth-date");
  }

  it("asks the next person, names nobody, and starts over clean", async () => {
    const page = await device.newPage();
    await beginAsAda(page);
    const cookies = await device.cookies();
    const kept = cookies.find(({ name }) => name === "start");
    expect(kept?.httpOnly).toBe(true);
    expect(Buffer.from(kept?.value.slice(2) ?? "", "base64url").toString("latin1")).not.toContain(
      "Ada",
    );
    await page.goto(`${origin}/start`);
    expect(await page.textContent("body")).not.toContain("Ada");
    const looked = await browser.newContext({ viewport: { width: 320, height: 800 } });
    await looked.addCookies(await device.cookies());
    const reader = await looked.newPage();
    await reader.goto(`${origin}/start`);
    expect(await reader.textContent("h1")).toBe("A form was begun on this device");
    const violations = await accessibilityViolations(reader);
    expect(violations.map(({ id }) => id)).toEqual([]);
    await closeWindow(looked);
    await page.click("button:has-text('Start over')");
    expect(pathOf(page)).toBe("/start/place");
    await page.goto(`${origin}/start/name`);
    expect(await page.inputValue("#given")).toBe("");
  }, 900_000);

  it("is clean after the way out, also by Back", async () => {
    const page = await device.newPage();
    await beginAsAda(page);
    await page.goto(`${origin}/start/name`);
    expect(await page.inputValue("#given")).toBe("Ada");
    // There is no way to other hosts from a test: what counts is that the browser went, and how.
    const asked = page.waitForRequest("https://www.weather.gov/");
    const left = page.waitForEvent("requestfailed");
    await page.click("text=Leave this page");
    expect(await (await asked).headerValue("referer")).toBeNull();
    expect((await left).url()).toBe("https://www.weather.gov/");
    expect((await device.cookies()).filter(({ name }) => name !== "language")).toEqual([]);
    await pressBack(page);
    expect(await page.textContent("h1")).toBe("Please start again");
    expect(await page.locator("#given").count()).toBe(0);
  }, 900_000);

  it("tells the truth by Back after a form was sent", async () => {
    const page = await device.newPage();
    await beginAsAda(page);
    for (const [part, value] of [
      ["month", "3"],
      ["day", "28"],
      ["year", "1990"],
    ])
      await page.fill(`#birth-${part}`, value ?? "");
    for (let step = 0; step < 20 && pathOf(page) !== "/start/check"; step += 1) {
      if (pathOf(page) === "/start/email") await page.fill("#email", "ada@example.org");
      if (pathOf(page) === "/start/language") await page.check("[value=en]");
      if (pathOf(page) === "/start/interpreter") await page.check("[value=no]");
      await send(page);
    }
    await send(page);
    expect(pathOf(page)).toBe("/start/sent");
    await pressBack(page);
    expect(pathOf(page)).toBe("/start/sent");
    expect(await page.textContent("h1")).toBe("We have your form");
  }, 900_000);
});
