import { type ServerType, serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SiteWorld } from "../fakes/site-world.ts";
import { accessibilityViolations } from "./support/accessibility.ts";
import { closeWindow, launchBrowser } from "./support/launch-browser.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser: Browser;
let server: ServerType;
let world: SiteWorld;
let origin: string;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());
afterEach(async () => {
  await closeWindow(page.context());
  await new Promise((resolve) => server.close(resolve));
});

/** A phone of this width whose browser speaks this language, before fresh pages. */
async function open(language: "en" | "es", width: number, hasScripts = true): Promise<void> {
  world = await SiteWorld.start({ publicOrigin: "http://127.0.0.1" });
  origin = await new Promise((resolve) => {
    server = serve({ fetch: world.site.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: language === "es" ? "es-US" : "en-US",
    javaScriptEnabled: hasScripts,
  });
  page = await context.newPage();
}

/** What is wrong with the page for people who use other tools, or small screens, to read it. */
async function problems(): Promise<readonly string[]> {
  const violations = await accessibilityViolations(page, tags);
  const layout = await page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} px`);
    for (const control of document.querySelectorAll("button, .govuk-button, .bar a")) {
      const { height } = control.getBoundingClientRect();
      if (height < 44) found.push(`${control.textContent} is ${height} px high`);
    }
    return found;
  });
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`),
    ...layout,
  ].map((problem) => `${new URL(page.url()).pathname} ${problem}`);
}

const answers: Readonly<Record<string, () => Promise<void>>> = {
  place: () => page.check("[value=riverside]"),
  care: () => page.check("[value=adult-iop]"),
  name: async () => {
    await page.fill("#given", "Robin");
    await page.fill("#family", "Okafor");
  },
  "birth-date": async () => {
    for (const [part, value] of [
      ["month", "3"],
      ["day", "28"],
      ["year", "1990"],
    ])
      await page.fill(`#birth-${part}`, value ?? "");
  },
  phone: () => page.fill("#phone", "212 555 0142"),
  "phone-kind": () => page.check("[value=own]"),
  email: () => page.fill("#email", "robin@example.org"),
  language: () => page.check("[value=es]"),
  interpreter: () => page.check("[value=no]"),
};

async function send(): Promise<void> {
  await page.click("main button");
}

function stepName(): string {
  return new URL(page.url()).pathname.replace("/start/", "");
}

describe.each([
  ["en", 320],
  ["es", 1280],
] as const)("in %s, %i px wide", (language, width) => {
  it("the way to a reference can be read by everybody", async () => {
    await open(language, width);
    const found: string[] = [];
    await page.goto(`${origin}/`);
    found.push(...(await problems()));
    await page.goto(`${origin}/start`);
    found.push(...(await problems()));
    await send();
    for (let step = 0; step < 20 && stepName() !== "check"; step += 1) {
      found.push(...(await problems()));
      await answers[stepName()]?.();
      await send();
    }
    found.push(...(await problems()));
    await send();
    expect(stepName()).toBe("sent");
    found.push(...(await problems()));
    expect(found).toEqual([]);
  }, 900_000);

  it("links, questions, help, the week and preferences can be read by everybody", async () => {
    await open(language, width);
    const found: string[] = [];
    const episodeId = await world.participant(language);
    const look = async (path: string) => {
      // The pages of the link that was opened last.
      const mark = new URL(page.url()).searchParams.get("of");
      const isOfLink = /^\/(screen|check-in|preferences)/.test(path);
      await page.goto(`${origin}${path}${isOfLink ? `?of=${mark}` : ""}`);
      if (isOfLink) expect(await page.textContent("h1")).not.toMatch(/link again|enlace otra vez/);
      found.push(...(await problems()));
    };
    await look(`/k/${await world.askForm(episodeId)}`);
    await send();
    found.push(...(await problems()));
    await look("/screen/1");
    await send();
    expect(await page.title()).toMatch(/^Error: /);
    found.push(...(await problems()));
    await look("/screen/10");
    await look("/screen/9");
    await page.check("input[type=radio] >> nth=1");
    await send();
    expect(await page.locator(".urgent").count()).toBe(1);
    found.push(...(await problems()));
    await look("/preferences");
    await page.goto(`${origin}/k/${await world.openCheckIn(episodeId)}`);
    await send();
    await look("/check-in/5");
    await look("/check-in/14");
    await page.goto(`${origin}/k/${await world.beginWeek(episodeId, "2027-01-11")}`);
    await send();
    found.push(...(await problems()));
    await look("/k/forged.token");
    await look("/nowhere");
    expect(found).toEqual([]);
  }, 900_000);
});

describe("without a mouse and without scripts", () => {
  it("a keyboard reaches the main part first, and mistakes are where the focus is", async () => {
    await open("en", 390);
    await page.goto(`${origin}/start`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("govuk-skip-link");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/place/);
    await page.check("[value=riverside]");
    await send();
    await page.check("[value=adult-iop]");
    await send();
    await send();
    const summary = page.locator(".govuk-error-summary");
    expect(await summary.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("given");
  }, 900_000);

  it("questions are answered, sent once and marked as sent", async () => {
    await open("en", 390, false);
    const token = await world.askForm(await world.participant(), { instruments: ["gad-7"] });
    await page.goto(`${origin}/k/${token}`);
    await send();
    await send();
    let taps = 0;
    while (new URL(page.url()).pathname !== "/screen/check") {
      await page.check("input[type=radio] >> nth=0");
      await send();
      taps += 2;
    }
    expect(taps).toBe(14);
    await send();
    expect(new URL(page.url()).pathname).toBe("/screen/done");
    // What the browser's Back asks for: the page before, from the server, since nothing is cached.
    await page.goto(`${origin}/screen/check`);
    expect(await page.locator("form input[type=radio]").count()).toBe(0);
    await page.goto(`${origin}/k/${token}`);
    expect(await page.textContent("h1")).toBe("You already sent this");
    expect(world.problems).toEqual([]);
  }, 900_000);
});
