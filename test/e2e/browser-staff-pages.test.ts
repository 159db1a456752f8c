// Long because every staff page is looked at with one world, one issuer and one window.
import { type ServerType, serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createStaffSite } from "../../functions/staff-site/staff-site.ts";
import type { Discovery } from "../../shared/aws/sign-in/discovery.ts";
import { keys } from "../../shared/keys/keys.ts";
import { buildTask, tuesdayMorning } from "../builders/state.ts";
import { EndingSignIn } from "../fakes/ending-sign-in.ts";
import { type Ids, somebody } from "../fakes/one-of-everything.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";
import { accessibilityViolations } from "./support/accessibility.ts";
import { closeWindow, launchBrowser } from "./support/launch-browser.ts";
import { pressBack } from "./support/press-back.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const words = "Left work at noon. Café by the river — “call after 5”.";

let browser: Browser;
let server: ServerType;
let world: StaffWorld;
let issuer: EndingSignIn;
let origin: string;
let page: Page;
/** Whom the issuer lets in. */
let who: string;

beforeAll(async () => {
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());
afterEach(async () => {
  await closeWindow(page.context());
  await new Promise((resolve) => server.close(resolve));
});

/** A desk before the staff pages of a fresh world, with an issuer that signs in by one click. */
async function open(width: number, as = "taylor-riverside"): Promise<void> {
  who = as;
  let site: ReturnType<typeof createStaffSite> | undefined;
  const fetch = (request: Request) => {
    const { pathname } = new URL(request.url);
    return pathname === "/authorize"
      ? Response.redirect(`${origin}/staff/signed-in?code=${who}&state=s`, 303)
      : (site?.fetch(request) ?? new Response(null, { status: 503 }));
  };
  origin = await new Promise((resolve) => {
    server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  const discovery: Discovery = async () => ({ issuer: origin });
  world = await StaffWorld.create(tuesdayMorning, discovery, origin);
  issuer = new EndingSignIn(world.clock, `${origin}/authorize`);
  site = createStaffSite({ ...world.siteDeps, signIn: issuer, verifyToken: issuer.verifyToken });
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  context.setDefaultTimeout(120_000);
  page = await context.newPage();
}

async function signIn(): Promise<void> {
  await page.click("#sign-in");
}

/** What is wrong with the page for people who use other tools, or small screens, to read it. */
async function problems(): Promise<readonly string[]> {
  const violations = await accessibilityViolations(page, tags);
  const layout = await page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} px`);
    for (const control of document.querySelectorAll("button, .button, .tabs a, header a")) {
      const { height } = control.getBoundingClientRect();
      if (height > 0 && height < 44) found.push(`${control.textContent} is ${height} px high`);
    }
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    for (const id of new Set(ids))
      if (ids.filter((one) => one === id).length > 1) found.push(`two things are called ${id}`);
    return found;
  });
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`),
    ...layout,
  ].map((problem) => `${new URL(page.url()).pathname} ${problem}`);
}

/** What is folded away is read as well. */
async function unfold(): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** Every page of the site, with somebody in it. */
function pagesOf(ids: Ids): readonly string[] {
  return [
    "/staff",
    ...["safety", "approvals", "work", "overdue", "snoozed", "done"].map(
      (tab) => `/staff?tab=${tab}`,
    ),
    `/staff/tasks/${ids.call}`,
    `/staff/tasks/${ids.approval}`,
    `/staff/alerts/${ids.alert}`,
    `/staff/episodes/${ids.episode}`,
    `/staff/episodes/${ids.episode}/about`,
    `/staff/messages/${ids.message}`,
    "/staff/attendance",
    "/staff/closures",
    `/staff/attendance/${ids.session}`,
    `/staff/attendance/${ids.session}?all=present`,
    "/staff/people",
    "/staff/referral",
    "/staff/people?search=nobody-has-this-name",
  ];
}

describe.each([320, 1280])("at %i px", (width) => {
  it("every staff page can be read by everybody, with people in it", async () => {
    await open(width);
    const ids = await somebody(world);
    await page.goto(`${origin}/staff`);
    const found = [...(await problems())];
    await signIn();
    for (const path of pagesOf(ids)) {
      await page.goto(`${origin}${path}`);
      await unfold();
      found.push(...(await problems()));
    }
    expect(found).toEqual([]);
  }, 900_000);

  it("the pages on which the aftercare goes on to somebody else can be read by everybody", async () => {
    await open(width);
    const tasks = (["aftercare-hand-off", "aftercare-keeper", "aftercare-passed-on"] as const).map(
      (taskKind) => buildTask({ sk: `TASK#${taskKind}#day-30`, taskId: taskKind, taskKind, words }),
    );
    const { episodeId } = await world.add({
      episode: personAt("riverside", {
        status: "aftercare",
        dischargedAt: "2026-12-13T15:00:00.000Z",
        aftercare: { steady: 1, keptBy: { staffId: "casey-riverside", since: tuesdayMorning } },
      }),
      items: tasks,
    });
    await page.goto(`${origin}/staff`);
    await signIn();
    const found: string[] = [];
    for (const path of [`episodes/${episodeId}`, ...tasks.map(({ taskId }) => `tasks/${taskId}`)]) {
      await page.goto(`${origin}/staff/${path}`);
      await unfold();
      found.push(...(await problems()));
    }
    // Nobody is chosen, and no reason is given: the mistake stands where the fields are.
    await page.goto(`${origin}/staff/episodes/${episodeId}`);
    await page.click('summary:has-text("Somebody else keeps contact")');
    await page.selectOption("#keeper-keptBy", "jordan-riverside");
    await page.click("#keeper button");
    await page.waitForSelector("text=Reason: say why, in a few words");
    found.push(...(await problems()));
    await page.fill("#keeper-reason", "Casey moves to the evening team");
    await page.click("#keeper button");
    await page.waitForSelector("text=Named who keeps contact after the program: Jordan");
    expect(found).toEqual([]);
  }, 900_000);

  it("every staff page can be read by everybody where nobody is there yet, or nothing is to be had", async () => {
    await open(width);
    await page.goto(`${origin}/staff?problem=sign-in`);
    const found = [...(await problems())];
    await signIn();
    for (const path of [
      "/staff",
      "/staff?tab=work",
      "/staff/attendance",
      "/staff/people",
      "/staff/tasks/nothing",
      "/staff/nowhere",
    ]) {
      await page.goto(`${origin}${path}`);
      found.push(...(await problems()));
    }
    await page.click(".who button");
    await page.waitForSelector("text=You are signed out here");
    found.push(...(await problems()));
    who = "robin";
    await page.goto(`${origin}/staff`);
    await signIn();
    await page.waitForSelector("text=These pages are for the care team");
    found.push(...(await problems()));
    expect(found).toEqual([]);
  }, 900_000);

  it("says what is wrong with a form where everybody finds it, and keeps what was typed", async () => {
    await open(width);
    const ids = await somebody(world);
    await page.goto(`${origin}/staff/tasks/${ids.call}`);
    await signIn();
    const found: string[] = [];
    await page.fill("#outcome-reason", words);
    await page.click("#outcome button");
    await page.waitForSelector(".govuk-error-summary");
    found.push(...(await problems()));
    expect(await page.inputValue("#outcome-reason")).toBe(words);
    // The summary has the focus, and leads to the field.
    expect(await page.evaluate(() => document.activeElement?.className)).toContain(
      "govuk-error-summary",
    );
    await page.click(".govuk-error-summary a");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("outcome-outcome");
    await page.goto(`${origin}/staff/episodes/${ids.episode}`);
    await page.click("summary:has-text('Withdrawal')");
    await page.click("#withdraw button");
    await page.waitForSelector(".govuk-error-summary");
    found.push(...(await problems()));
    const reason = page.locator("#withdraw-reason");
    expect(await reason.getAttribute("aria-invalid")).toBe("true");
    expect(await reason.getAttribute("aria-describedby")).toBe("withdraw-reason-error");
    await page.goto(`${origin}/staff/alerts/${ids.alert}`);
    await page.click("#contact button");
    await page.waitForSelector(".govuk-error-summary");
    found.push(...(await problems()));
    await page.goto(`${origin}/staff/attendance/${ids.session}`);
    await page.click("main form[method=post] button");
    await page.waitForSelector(".govuk-error-summary");
    found.push(...(await problems()));
    expect(found).toEqual([]);
  }, 900_000);
});

describe("somebody who works all morning", () => {
  it("is never asked to sign in, though tokens end after an hour", async () => {
    await open(1280);
    const ids = await somebody(world);
    await page.goto(`${origin}/staff`);
    await signIn();
    for (let minute = 0; minute < 182; minute += 13) {
      await page.goto(`${origin}/staff/episodes/${ids.episode}`);
      expect(await page.textContent("h1")).not.toBe("Sign in");
      world.clock.advanceMinutes(13);
    }
    expect(issuer.renewals.length).toBeGreaterThan(0);
    expect(issuer.asked).toEqual([false]);
  }, 900_000);
});

describe("somebody who is called away from a form", () => {
  it("finds what they typed in it again after signing in, and saves it once", async () => {
    await open(1280, "casey-riverside");
    const ids = await somebody(world);
    const path = `/staff/tasks/${ids.call}`;
    await page.goto(`${origin}${path}`);
    await signIn();
    await page.check("[name=outcome][value=reached]");
    await page.check("[name=safetyConcern][value=no]");
    await page.fill("#outcome-reason", words);
    world.clock.advanceMinutes(20);
    await page.click("#outcome button");
    await page.waitForSelector("text=nothing is saved yet");
    const found = [...(await problems())];
    expect(page.url()).not.toContain("noon");
    const cookies = JSON.stringify(await page.context().cookies());
    expect(cookies).not.toContain("noon");
    expect(JSON.stringify(world.store.all("care"))).not.toContain("Left work at noon");
    await signIn();
    // The issuer asked again who it is, and the same page is open.
    expect(issuer.asked).toEqual([false, true]);
    await page.waitForURL(`${origin}${path}`);
    await page.waitForSelector("text=not saved yet");
    found.push(...(await problems()));
    expect(await page.inputValue("#outcome-reason")).toBe(words);
    expect(await page.isChecked("[name=outcome][value=reached]")).toBe(true);
    expect(await page.isChecked("[name=safetyConcern][value=no]")).toBe(true);
    await page.click("#outcome button");
    await page.waitForURL(/tab=work/);
    await pressBack(page);
    await page.goto(`${origin}${path}`);
    expect(await page.textContent("main")).toContain("Done:");
    const { items } = await world.store.query("audit", keys.episode(ids.episode).pk, {});
    const done = items.filter(({ action }) => /^task-(done|completed)$/.test(String(action)));
    expect(done).toHaveLength(1);
    expect(found).toEqual([]);
  }, 900_000);

  it("does not find it where somebody else signs in at the desk", async () => {
    await open(1280, "casey-riverside");
    const ids = await somebody(world);
    const path = `/staff/tasks/${ids.call}`;
    await page.goto(`${origin}${path}`);
    await signIn();
    await page.fill("#outcome-reason", words);
    world.clock.advanceMinutes(20);
    await page.click("#outcome button");
    await page.waitForSelector("text=nothing is saved yet");
    who = "jordan-riverside";
    await signIn();
    await page.waitForURL(`${origin}${path}`);
    expect(await page.textContent("header")).toContain("Jordan");
    expect(await page.inputValue("#outcome-reason")).toBe("");
    expect(await page.content()).not.toContain("Left work at noon");
  }, 900_000);
});

describe.each([390, 1280])("a snow day at %i px", (width) => {
  it("is closed in four actions, and opened again in one", async () => {
    await open(width);
    await page.goto(`${origin}/staff`);
    await signIn();
    await page.click("header a[href='/staff/closures']");
    // The day stands there: today.
    await page.fill("#close-words", "Snow");
    await page.click("text=Close and tell everybody");
    const table = page.locator("table");
    expect(await table.textContent()).toContain("Snow");
    expect(await page.locator("[role=status]").textContent()).toContain("everybody");
    const found = [...(await problems())];
    await page.click("table button");
    expect(await page.locator("main").textContent()).toContain("No closed days are planned.");
    await page.fill("#close-on", "2027-01-01");
    await page.fill("#close-words", "Late");
    await page.click("text=Close and tell everybody");
    expect(await page.locator("main").textContent()).toContain("closed on a day from today on");
    expect(await page.inputValue("#close-words")).toBe("Late");
    expect([...found, ...(await problems())]).toEqual([]);
  }, 900_000);
});
