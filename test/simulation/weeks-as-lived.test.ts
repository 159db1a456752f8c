import { describe, expect, it } from "vitest";
import { createStaffApi } from "../../functions/staff-api/staff-api.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { localTimeOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";

const origin = "https://care.example.org";
const zone = "America/New_York";
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Somebody who is admitted at an hour of a day, and the API that staff use. */
async function admitted(on: string, at: string) {
  const life = new Life(`${on} 07:30`);
  await life.start();
  await life.until(`${on} 09:00`);
  await life.refer();
  await life.until(`${on} 10:30`);
  await life.answerForm("ask-forms", 2);
  await life.until(`${on} ${at}`);
  await life.decide("admission-approval");
  return life;
}

let calls = 0;
async function post(life: Life, path: string, body: unknown) {
  calls += 1;
  const app = createStaffApi({
    ...life.world.deps,
    publicOrigin: origin,
    verifyToken: async () => ({
      staffId: "taylor-riverside",
      tokenId: "token",
      endsAtEpochSeconds: 4_000_000_000,
    }),
    logger: silent,
  } as unknown as Parameters<typeof createStaffApi>[0]);
  const answer = await app.request(`${origin}/api/v1${path}`, {
    method: "POST",
    headers: {
      authorization: "Bearer token",
      "content-type": "application/json",
      "idempotency-key": `week-call-${calls}-0000`,
    },
    body: JSON.stringify(body),
  });
  await life.world.settle();
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function sessionsOf(life: Life, week: number): Promise<readonly Session[]> {
  const { items } = await life.state();
  return [...items.values()].filter(
    (item): item is Session => item.kind === "session" && item.week === week,
  );
}

function sent(life: Life, templateId: string) {
  return life.world.sent
    .filter((one) => one.templateId === templateId)
    .map(({ at, text }) => ({ when: Object.values(localTimeOf(at, zone)).join(" "), text }));
}

describe("Thanksgiving, planned in October", () => {
  it("is told on the Sunday before, takes its hours from the week, and leaves the other days", async () => {
    const life = await admitted("2027-10-25", "11:00");
    await post(life, "/holidays", { siteId: "riverside", days: ["2027-11-25"] });
    await post(life, "/closures", { siteId: "riverside", on: "2027-11-26", words: "Bridge day" });
    await life.until("2027-11-21 13:00");
    const notices = sent(life, "session-cancelled");
    expect(notices.map(({ when }) => when.slice(0, 13))).toEqual([
      "2027-11-21 12",
      "2027-11-21 12",
    ]);
    expect(notices.map(({ text }) => text).toSorted()).toEqual([
      expect.stringContaining("your visit Friday, November 26, is cancelled"),
      expect.stringContaining("your visit Thursday, November 25, is cancelled"),
    ]);
    const { episode } = await life.state();
    const week = episode.weeks.at(-1);
    // Thursday's four hours and Friday's two are the program's to take.
    expect(week).toMatchObject({
      week: 5,
      isFullWeek: false,
      closed: { minutes: 360, isFullOtherwise: true },
    });
    expect((await sessionsOf(life, 5)).map(({ on }) => on).toSorted()[0]).toBe("2027-11-22");
    expect(life.world.problems).toEqual([]);
  });
});

describe("a Thursday start", () => {
  it("is a part week that nobody is blamed for, with the first visit told the same day", async () => {
    const life = await admitted("2027-01-13", "15:00");
    await life.until("2027-01-13 18:00");
    expect(sent(life, "welcome")[0]?.text).toContain("first visit tomorrow, January 14, 9:00 AM");
    const { episode } = await life.state();
    expect(episode.weeks.at(-1)).toMatchObject({
      week: 1,
      isFullWeek: false,
      expectedMinutes: 360,
    });
    await life.until("2027-01-14 09:30");
    await life.attend("2027-01-14", "thu-group", "no-show");
    await life.until("2027-01-18 12:00");
    expect(await life.tasks("hours-forecast")).toEqual([]);
    expect(await life.tasks("hours-review")).toEqual([]);
    expect((await life.state()).episode.week).toBe(2);
    expect(life.world.problems).toEqual([]);
  });
});

describe("the weekends on which the clocks change", () => {
  it.each([
    ["forward", "2027-03-08", "2027-03-14", "2027-03-15", "13:00"],
    ["back", "2027-11-01", "2027-11-07", "2027-11-08", "14:00"],
  ])(
    "%s: the text comes on Sunday noon, and Monday's session at nine by the wall",
    async (_name, monday, sunday, next, utc) => {
      const life = await admitted(monday, "11:00");
      await life.until(`${sunday} 13:00`);
      const texts = sent(life, "weekly-text").map(({ when }) => when.slice(0, 13));
      expect(texts).toContain(`${sunday} 12`);
      const group = (await sessionsOf(life, 2)).find(({ slot }) => slot === "mon-group");
      expect(group?.scheduledStartAt).toBe(`${next}T${utc}:00.000Z`);
      expect(life.world.problems).toEqual([]);
    },
  );
});

describe("a full week that falls short", () => {
  it("is put before the case manager by Wednesday, and two of them before a clinician", async () => {
    const life = await admitted("2027-01-08", "15:00");
    const missed = (date: string) =>
      date.endsWith("11") || date.endsWith("18") ? "no-show" : "present";
    const short = (date: string, slot: string) =>
      slot.startsWith("mon") || slot.startsWith("tue") ? "no-show" : missed(date);
    await life.attendWeek("2027-01-11", 1, short);
    const [forecast] = await life.tasks("hours-forecast");
    expect(forecast).toMatchObject({ dueAt: "2027-01-13T17:00:00.000Z" });
    expect(forecast?.words).toContain("of at least 9 h");
    await life.until("2027-01-17 13:00");
    expect(await life.tasks("level-of-care-review")).toEqual([]);
    await life.attendWeek("2027-01-18", 2, short);
    await life.until("2027-01-24 13:00");
    const [review] = await life.tasks("level-of-care-review");
    expect(review?.words).toContain("Weeks 1 and 2 were full weeks");
    expect(review?.assignedFunction).toBe("clinician");
    expect(life.world.problems).toEqual([]);
  }, 120_000);
});
