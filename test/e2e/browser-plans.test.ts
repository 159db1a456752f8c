import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  maxPlanCharacters,
  maxPlanLines,
  type PlanKind,
  planKindRecords,
  planKinds,
} from "../../shared/care/program/plan-kinds.ts";
import { episodeId, tuesdayMorning } from "../builders/state.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";
import { closeWindow, launchBrowser } from "./support/launch-browser.ts";

const who = "avery-riverside";
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());

/** As much as a part takes: eight lines, the last of them as long as is left. */
const full = `${"Call Kim\n".repeat(maxPlanLines - 1)}`.padEnd(
  maxPlanCharacters,
  "to walk by the river ",
);
const solid = "to walk by the river and ".repeat(30).slice(0, maxPlanCharacters);
const short = "Walk by the river";

async function printed(
  planKind: PlanKind,
  text: string,
  language: string,
  format: "Letter" | "A4",
) {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "active", week: 1, language }) });
  const sections = Object.fromEntries(
    planKindRecords[planKind].sections.map(({ id }) => [id, text]),
  );
  const { status } = await world.call(who, "POST", `/episodes/${episodeId}/plans`, {
    planKind,
    sections,
    isShown: false,
    version: 0,
    safetyConcern: false,
  });
  if (status !== 200) throw new Error(`The plan was not taken: ${status}`);
  const context = await browser.newContext();
  const page = await context.newPage();
  const base = "https://care.example.org";
  await page.route("**/*", async (route) => {
    const answer = await world.page(who, route.request().url().slice(base.length));
    await route.fulfill({
      status: answer.status,
      contentType: answer.headers.get("content-type") ?? "text/html",
      body: answer.html,
    });
  });
  await page.goto(`${base}/staff/episodes/${episodeId}/plans/${planKind}/print`);
  const pdf = await page.pdf({ format, preferCSSPageSize: true });
  const words = await page.textContent("article");
  await closeWindow(context);
  return { pages: pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length, words };
}

describe("a printed plan takes one page", () => {
  it.each(
    planKinds.flatMap((kind) => [
      [kind, "as full as it may be", full, "en", "Letter"] as const,
      [kind, "as full as it may be, in one block", solid, "es", "Letter"] as const,
      [kind, "as full as it may be", full, "es", "A4"] as const,
      [kind, "short", short, "es", "Letter"] as const,
    ]),
  )("%s, %s", async (kind, _how, text, language, format) => {
    const { pages, words } = await printed(kind, text, language, format);
    expect(pages).toBe(1);
    const { label, sections } = planKindRecords[kind];
    const own = language === "es" ? "es" : "en";
    for (const heading of [label, ...sections.map((section) => section.label)])
      expect(words).toContain(heading[own]);
    expect(words).toContain("988");
  });
});
