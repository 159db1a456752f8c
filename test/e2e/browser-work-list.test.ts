import { type ServerType, serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStaffSite } from "../../functions/staff-site/staff-site.ts";
import type { Discovery } from "../../shared/aws/sign-in/discovery.ts";
import { buildTask, tuesdayMorning } from "../builders/state.ts";
import { EndingSignIn } from "../fakes/ending-sign-in.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";
import { accessibilityViolations } from "./support/accessibility.ts";
import { launchBrowser } from "./support/launch-browser.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const idOf = (letter: string, number: number) =>
  `01JHEP000000000000000${letter}${String(number).padStart(4, "0")}`;

const longReason =
  "Not done in time: nobody did the step before this one. Decide whether a welfare check is needed. Mobile crisis comes before police. Speak with the participant, then record the contact.";

let browser: Browser;
let server: ServerType;
let origin: string;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  let site: ReturnType<typeof createStaffSite> | undefined;
  const fetch = (request: Request) =>
    new URL(request.url).pathname === "/authorize"
      ? Response.redirect(`${origin}/staff/signed-in?code=casey-riverside&state=s`, 303)
      : (site?.fetch(request) ?? new Response(null, { status: 503 }));
  origin = await new Promise((resolve) => {
    server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  const discovery: Discovery = async () => ({ issuer: origin });
  const world = await StaffWorld.create(tuesdayMorning, discovery, origin);
  for (let number = 1; number <= 25; number += 1)
    await world.add({
      episode: personAt("riverside", {
        episodeId: idOf("E", number),
        participantId: idOf("P", number),
        reference: `TC-${number}`,
        status: "active",
        admittedOn: "2027-01-04",
        week: 2,
        lastContact: { at: "2027-01-11T15:00:00.000Z", how: "came" },
      }),
      items: [
        buildTask({
          sk: "TASK#first-contact-call#intake",
          taskId: idOf("T", number),
          priority: number === 1 ? "urgent" : "normal",
          words: longReason,
          dueAt: `2027-01-13T16:00:00.${String(number).padStart(3, "0")}Z`,
        }),
      ],
      given: `Given${number}`,
    });
  await world.add({
    episode: personAt("riverside", {
      episodeId: idOf("E", 90),
      participantId: idOf("P", 90),
      reference: "TC-90",
    }),
    items: [
      buildTask({
        sk: "TASK#outreach-call#safety",
        taskId: idOf("T", 90),
        taskKind: "outreach-call",
        priority: "safety",
        assignedFunction: "clinical-lead",
        handedUp: [{ from: "clinician", to: "clinical-lead", at: "2027-01-12T14:00:00.000Z" }],
        words: longReason,
        dueAt: "2027-01-12T14:00:00.000Z",
      }),
    ],
    given: "Maximiliana-Guadalupe",
  });
  const issuer = new EndingSignIn(world.clock, `${origin}/authorize`);
  site = createStaffSite({ ...world.siteDeps, signIn: issuer, verifyToken: issuer.verifyToken });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(120_000);
  page = await context.newPage();
  await page.goto(`${origin}/staff?tab=work`);
  await page.click("#sign-in");
}, 900_000);
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

async function problems(): Promise<readonly string[]> {
  const violations = await accessibilityViolations(page, tags);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("the work list at 1280 × 800", () => {
  it("shows twenty rows on one screen, with phase and week, due, owner and last contact", async () => {
    await page.goto(`${origin}/staff?tab=work`);
    const last = await page.locator("#row-20").boundingBox();
    expect((last?.y ?? 9999) + (last?.height ?? 0)).toBeLessThanOrEqual(800);
    expect(await page.locator("thead th").allTextContents()).toEqual([
      "Who",
      "Where",
      "What",
      "Due",
      "Owner",
      "Last contact",
    ]);
    expect(await page.textContent("#row-20")).toContain("In the program, week 2");
    expect(await page.locator("#row-20 .what [title]").getAttribute("title")).toBe(longReason);
    expect(await page.textContent("#row-20")).toContain("Jan 11, came");
    expect(await problems()).toEqual([]);
  }, 900_000);

  it.each([1280, 390])(
    "cuts nothing off why somebody is on it, at %i px",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${origin}/staff?tab=safety`);
      const row = page.locator("#row-1");
      expect(await row.textContent()).toContain(longReason);
      const cut = await row.locator("th, td").evaluateAll((cells) =>
        cells
          .filter((cell) => {
            const { overflow, textOverflow } = getComputedStyle(cell);
            const isWider = cell.scrollWidth > cell.clientWidth;
            return isWider || (overflow === "hidden" && textOverflow === "ellipsis");
          })
          .map(({ textContent }) => textContent),
      );
      expect(cut).toEqual([]);
      expect(await problems()).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    },
    900_000,
  );

  it("opens a row beside the list, goes up and down it, and is there again at the same place after saving", async () => {
    await page.goto(`${origin}/staff?tab=work`);
    await page.click("#row-3 a");
    const list = page.locator("nav.beside ol");
    expect(await list.isVisible()).toBe(true);
    const [beside, task] = [await list.boundingBox(), await page.locator("h1").boundingBox()];
    expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThanOrEqual(task?.x ?? 0);
    expect(await page.textContent("nav.beside [aria-current]")).toContain("Given3");
    expect(await problems()).toEqual([]);
    // By keyboard alone.
    await page.focus("nav.beside a[rel=next]");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Given4')");
    await page.focus("nav.beside a[rel=prev]");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Given3')");
    for (const summary of await page.locator("main summary").all()) await summary.click();
    await page.click("#snooze button[type=submit]");
    await page.waitForURL(/\/staff\?tab=work#row-3$/);
    expect(await page.textContent("#row-3")).toContain("Given4");
  }, 900_000);

  it("leaves the whole width to the task on a narrow screen, with a way back", async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    await page.goto(`${origin}/staff?tab=work`);
    await page.click("#row-2 a");
    expect(await page.locator("nav.beside ol").isVisible()).toBe(false);
    expect(await page.locator("text=Back to the list").isVisible()).toBe(true);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(375);
    expect(await problems()).toEqual([]);
  }, 900_000);
});
