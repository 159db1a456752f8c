import { beforeEach, describe, expect, it } from "vitest";
import { foreseeDecision } from "../../workflows/run/foresee-decision.ts";
import { previewDecision } from "../../workflows/run/preview-decision.ts";
import { readRules } from "../builders/read-record.ts";
import { localTimeOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { taylor } from "./staff-calls.ts";

const lead = { kind: "staff", staffId: taylor, functions: ["clinical-lead"] } as const;

const zone = "America/New_York";

let life: Life;
beforeEach(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
});

/** What was sent from a wall time on: when, which template, and the words. */
function sent(since: string) {
  return life.world.sent.flatMap(({ at, templateId, text }) => {
    const { date, time } = localTimeOf(at, zone);
    return `${date} ${time}` < since ? [] : [{ when: `${date} ${time}`, templateId, text }];
  });
}

const of = (since: string, templateId: string) =>
  sent(since).filter((one) => one.templateId === templateId);

describe("somebody who is admitted at noon", () => {
  beforeEach(async () => {
    await life.until("2027-01-11 12:00");
    await life.decide("admission-approval");
    await life.until("2027-01-11 12:10");
  });

  it("learns the same day when and where the first visit is", () => {
    const [welcome] = of("2027-01-11 12:00", "welcome");
    // The family visit of Monday evening: the group of Monday morning is over.
    expect(welcome?.text).toContain("first visit today, January 11, 5:00 PM, 40 River Street");
  });

  it("is reminded of the evening's visit, which no earlier session of the day reminds of, and of tomorrow's once", async () => {
    await life.until("2027-01-11 19:30");
    expect(of("2027-01-11 12:00", "session-reminder").map(({ text }) => text.slice(0, 60))).toEqual(
      [
        expect.stringContaining("reminder of your visit today at 5:00 PM"),
        expect.stringContaining("reminder of your visit tomorrow at 9:00 AM"),
      ],
    );
    expect(life.world.problems).toEqual([]);
  });

  it("has the next week's text on Sunday, before its first session", async () => {
    await life.until("2027-01-18 08:59");
    const weekly = of("2027-01-17 00:00", "weekly-text");
    expect(weekly).toHaveLength(1);
    expect(weekly[0]?.when).toMatch(/^2027-01-17 12:/);
    expect((await life.state()).episode.week).toBe(2);
  });

  it("is reminded of Monday's session on Sunday after a missed one", async () => {
    await life.until("2027-01-12 09:30");
    await life.attend("2027-01-12", "tue-skills", "no-show");
    await life.until("2027-01-18 08:59");
    const reminders = of("2027-01-17 00:00", "session-reminder");
    expect(reminders.map(({ when }) => when.slice(0, 10))).toEqual(["2027-01-17"]);
    expect(reminders[0]?.text).toContain("tomorrow at 9:00 AM");
  });
});

describe("somebody who is admitted so late that no message is there in time", () => {
  it("is rung the same day, before the first visit", async () => {
    await life.until("2027-01-11 19:30");
    await life.decide("admission-approval");
    await life.until("2027-01-11 19:32");
    const call = await life.task("message-gap");
    expect(call.words).toContain("2027-01-12 at 09:00");
    expect(call).toMatchObject({ priority: "urgent", dueAt: "2027-01-12T13:00:00.000Z" });
  });
});

describe("what an approval previews", () => {
  it("is what is sent, word for word and at the time it said", async () => {
    await life.until("2027-01-11 14:00");
    await life.askInTheRoom();
    const task = await life.task("admission-approval");
    const previews = await previewDecision(life.world.deps, life.episodeId, task, lead);
    const admit = previews.find(({ choice }) => choice === "admit");
    const promised = (admit?.messages ?? []).map(({ sendAt, text }) => ({
      at: sendAt,
      text: text.replaceAll("[a link of their own]", "LINK"),
    }));
    expect(promised.length).toBeGreaterThan(3);
    await life.decide("admission-approval", "admit");
    const last = promised.at(-1)?.at ?? "";
    await life.world.advanceTo(last);
    await life.world.settle();
    const got = life.world.sent
      .filter(({ at }) => at > "2027-01-11T19:00:00Z")
      .map(({ at, text }) => ({
        at: `${at.slice(0, 16)}`,
        text: text.replaceAll(/https:\/\/\S+/g, "LINK"),
      }));
    for (const { at, text } of promised.filter(({ text }) => text.length <= 160))
      expect(got).toContainEqual({ at: at.slice(0, 16), text });
  });

  it("changes nothing, and says which call it asks for where no message may go", async () => {
    await life.until("2027-01-11 19:30");
    await life.askInTheRoom();
    const before = await life.state();
    const task = await life.task("admission-approval");
    const ctx = await readRules(life.world.deps, before, lead);
    const foreseen = foreseeDecision(before, ctx, task, { decision: "approved", choice: "admit" });
    expect(foreseen.calls.map(({ words }) => words)).toEqual([
      expect.stringContaining("say when and where to come"),
    ]);
    expect(await life.state()).toEqual(before);
  });
});
