import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityViolations } from "./support/accessibility.ts";
import { closeWindow, launchBrowser } from "./support/launch-browser.ts";
import { LocalServer } from "./support/local-server.ts";

/** Without the mark of the link that the page was opened from. */
const pathOf = (page: Page) => new URL(page.url()).pathname;
const phone = { width: 390, height: 800 };
const stepTimeout = 120_000;
const desk = { width: 1280, height: 900 };

/**
 * The local run as its reader sees it in a real browser: a participant on a phone without scripts, a case
 * manager at a desk, and the local tools between them. The steps follow each other on one server.
 */
describe("the local run in a browser", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  let browser: Browser;
  let participant: BrowserContext;
  let staff: BrowserContext;
  let scripted: Page;
  const found: string[] = [];

  beforeAll(async () => {
    [browser] = await Promise.all([launchBrowser(), server.start()]);
    participant = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    staff = await browser.newContext({ viewport: desk });
    scripted = await (await browser.newContext({ viewport: phone })).newPage();
    // Whatever hangs says where, long before the test's own time is over.
    for (const context of [participant, staff, scripted.context()])
      context.setDefaultTimeout(stepTimeout);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  /** In a window that stays until the browser ends: closing one may stand still for good, without a time limit. */
  async function open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    return page;
  }

  /** Notes what is wrong with a page: serious accessibility problems, and scrolling sideways on a phone. */
  async function look(page: Page): Promise<void> {
    const { pathname } = new URL(page.url());
    // Scripts are off in the participant's window: the same page is read where the checker may run.
    const reader = page.context() === participant ? await readWithScripts(page) : page;
    const violations = await accessibilityViolations(reader);
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      found.push(`${pathname} ${id}: ${nodes.map((node) => node.html).join(" ")}`);
    }
    const sideways = await reader.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (sideways > 0) found.push(`${pathname} scrolls sideways by ${sideways} px`);
  }

  /** The same page, as wide, in the one window where the checker's scripts may run. */
  async function readWithScripts(page: Page): Promise<Page> {
    if (!scripted.url().startsWith(server.url)) await scripted.goto(`${server.url}/`);
    await scripted.setContent(await page.content());
    return scripted;
  }

  async function send(page: Page): Promise<void> {
    await page.click("main form button");
  }

  test("the start page shows the way to everything", async () => {
    const page = await open(staff, "/_local");
    await look(page);
    for (const path of ["/", "/staff", "/_local/outbox", "/_local/clock"])
      expect(await page.locator(`main a[href="${path}"]`).count(), path).toBeGreaterThan(0);
  });

  test("somebody refers themself on a phone without scripts", async () => {
    const page = await open(participant, "/");
    await look(page);
    await page.goto(`${server.url}/start`);
    await look(page);
    const fields: Readonly<Record<string, string>> = {
      "#given": "Robin",
      "#family": "Okafor",
      "#birth-month": "3",
      "#birth-day": "28",
      "#birth-year": "1990",
      "#phone": "(212) 555-0142",
      "#email": "robin@example.org",
    };
    const choices = [
      "[value=riverside]",
      "[value=adult-iop]",
      "[value=own]",
      "[value=en]",
      "[value=no]",
    ];
    for (let step = 0; step < 25 && !page.url().endsWith("/start/sent"); step += 1) {
      for (const [field, value] of Object.entries(fields))
        if ((await page.locator(`main ${field}`).count()) > 0) await page.fill(field, value);
      for (const choice of choices)
        if ((await page.locator(`main input[type=radio]${choice}`).count()) > 0)
          await page.check(`main input[type=radio]${choice}`);
      for (const box of await page.locator("main input[type=checkbox]").all()) await box.check();
      if (step % 3 === 0) await look(page);
      await send(page);
    }
    expect(page.url()).toBe(`${server.url}/start/sent`);
    await look(page);
  }, 300_000);

  test("the outbox shows what was sent, and the link opens the forms; help is shown at once", async () => {
    const outbox = await open(staff, "/_local/outbox");
    await look(outbox);
    const href = await outbox.locator('a[href*="/k/"]').first().getAttribute("href");
    const page = await participant.newPage();
    await page.goto(new URL(href ?? "", server.url).href);
    await look(page);
    await send(page);
    await look(page);
    await send(page);
    for (let question = 1; question <= 20 && !pathOf(page).endsWith("/check"); question += 1) {
      const name = await page.locator("main input[type=radio]").first().getAttribute("name");
      if (question === 1) await look(page);
      await page.check(`main input[type=radio] >> nth=${name === "phq9-9" ? 1 : 0}`);
      await send(page);
      if (name !== "phq9-9") continue;
      expect(await page.textContent("main")).toContain("988");
      expect(await page.locator('main a[href="tel:988"]').count()).toBe(1);
      await look(page);
      await send(page);
    }
    expect(pathOf(page)).toBe("/screen/check");
    await look(page);
    await send(page);
    expect(pathOf(page)).toBe("/screen/done");
  }, 300_000);

  test("a clinician signs in, takes the alert, speaks with the person and closes it", async () => {
    const page = await signIn("Avery Chen", "riverside");
    await page.goto(`${server.url}/staff?tab=safety`);
    await look(page);
    await page.click('main a[href^="/staff/alerts/"]');
    await look(page);
    // The first answer to the ninth question is read first: whoever reads it says when they call.
    await page.click("text=I call now");
    await page.check("main input[type=radio] >> nth=0");
    await page
      .locator("main form", { hasText: "Contact with the person" })
      .locator("button")
      .click();
    const closing = page.locator("main form", { hasText: "Close the alert" });
    await closing.locator("input[type=radio]").first().check();
    await closing.locator("textarea").fill("Spoke at length; safe with a plan");
    await closing.locator("button").last().click();
    await page.goto(`${server.url}/staff?tab=safety`);
    expect(await page.locator('main a[href^="/staff/alerts/"]').count()).toBe(0);
    await closeWindow(page.context());
  }, 300_000);

  test("a case manager admits, takes it back, and admits again", async () => {
    const page = await signIn("Casey Morgan", "riverside");
    await page.goto(`${server.url}/staff?tab=approvals`);
    await look(page);
    await page.click('main a[href^="/staff/tasks/"]');
    await look(page);
    const task = page.url();
    await page.fill("main form:has(button[name=decide]) textarea", "Fits the program");
    await page.click("main form button[name=decide] >> nth=0");
    await page.goto(task);
    await page.click("text=Undo");
    await page.goto(task);
    await page.fill("main form:has(button[name=decide]) textarea", "Read the chart again: fits");
    await page.click("main form button[name=decide] >> nth=0");
    await page.goto(task);
    expect(await page.textContent("main")).toContain("Decided");
    await look(page);
    await closeWindow(page.context());
  }, 300_000);

  test("the time machine moves a week, and the phone has the texts and takes an answer", async () => {
    const page = await open(staff, "/_local/clock");
    await look(page);
    await page.click("text=+1 week");
    // A week takes longer than a page may be waited for without a word: it says how far it is until it is there.
    await page.getByText("What happened").waitFor();
    await look(page);
    await page.goto(`${server.url}/_local/phone?number=%2B12125550142`);
    await look(page);
    expect(await page.textContent("main")).toMatch(/first visit today, January 11/);
    await page.fill("main textarea[name=body], main input[name=body]", "HELP");
    await page
      .locator("main form", { has: page.locator("[name=body]") })
      .last()
      .locator("button[type=submit], button")
      .last()
      .click();
    await page.goto(`${server.url}/_local/phone?number=%2B12125550142`);
    expect(await page.textContent("main")).toContain("988");
    await page.goto(`${server.url}/_local/outbox?channel=sms`);
    await look(page);
  }, 300_000);

  test("nothing on any of these pages was in a reader's way", () => {
    expect(found).toEqual([]);
  });

  async function signIn(name: string, siteId: string): Promise<Page> {
    const context = await browser.newContext({ viewport: desk });
    context.setDefaultTimeout(stepTimeout);
    const page = await context.newPage();
    await page.goto(`${server.url}/staff`);
    const start = page.locator("a, button", { hasText: /sign in/i }).first();
    if (!(await page.textContent("body"))?.includes(name)) await start.click();
    await look(page);
    await page
      .locator("li", { hasText: name })
      .filter({ hasText: siteId })
      .locator("button")
      .click();
    await page.waitForURL(/\/staff/);
    return page;
  }
});
