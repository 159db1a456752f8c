import { describe, expect, it } from "vitest";
import { Life } from "./life.ts";
import { avery, casey, taylor } from "./staff-calls.ts";

/** Somebody who was referred on Monday morning and has filled in the forms. */
async function referred(more: Readonly<Record<string, unknown>> = {}, answersForms = true) {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer(more);
  await life.until("2027-01-11 10:00");
  const staff = life.staff;
  if (answersForms) await life.answerForm("ask-forms", 1);
  const path = `/episodes/${life.episodeId}`;
  const episode = async () => (await life.state()).episode;
  const ask = (screenId: string, answers: Readonly<Record<string, number>>) =>
    staff.ok(avery, "POST", `${path}/screens`, {
      screenId,
      answers,
      refused: [],
      mode: "in-person",
      safetyConcern: false,
    });
  const decide = async (decision: "approved" | "rejected", choice?: string) => {
    const { taskId, version } = await staff.task("admission-approval");
    await staff.ok(taylor, "POST", `/tasks/${taskId}/decision`, {
      decision,
      reason: "Agreed in the morning meeting",
      version,
      ...(choice === undefined ? {} : { choice }),
    });
  };
  return { life, staff, episode, ask, decide };
}

const nothing = {
  "last-alcohol": 0,
  "last-benzodiazepines": 0,
  "last-opioids": 0,
  "seizure-or-delirium": 0,
  pregnancy: 0,
  housing: 0,
};

describe("Phase waiting: since, reason, priority, weekly call, re-screen at 14 days; only a person removes", () => {
  it("says since when and why, is called every week and screened again after 14 days, and stays until a person decides", async () => {
    const { life, staff, episode, decide } = await referred();
    await decide("approved", "wait");
    await life.until("2027-01-11 11:00");
    expect(await episode()).toMatchObject({
      status: "waiting",
      waiting: { since: expect.stringMatching(/^2027-01-11/), reason: "no-place" },
    });
    await life.until("2027-01-18 12:00");
    const [first] = await staff.tasks("waiting-call");
    if (first === undefined) throw new Error("Nobody was to call");
    await staff.finish(casey, first, "reached");
    expect(await staff.tasks("clinician-review")).toEqual([]);
    await life.until("2027-01-25 12:00");
    expect((await staff.tasks("waiting-call")).map(({ evidence }) => evidence)).toEqual([
      { call: 2 },
    ]);
    expect(await staff.task("clinician-review")).toMatchObject({
      words: "Two weeks on the waiting list: ask the suicide and withdrawal screens again.",
      assignedFunction: "clinician",
      priority: "urgent",
    });
    await life.until("2027-04-12 12:00");
    expect((await episode()).status).toBe("waiting");
    await decide("rejected");
    await life.until("2027-04-12 13:00");
    expect((await episode()).status).toBe("declined");
  });

  it.each([
    [
      "leaving hospital",
      {
        referralEvent: {
          kind: "inpatient",
          facility: "County Hospital",
          dischargedOn: "2027-01-10",
        },
      },
    ],
    ["pregnant", { pregnant: true }],
    ["injecting", { injects: true }],
  ] as const)("%s is first when a place is free", async (_who, more) => {
    const { life, staff, decide } = await referred(more);
    await decide("approved", "wait");
    await life.until("2027-01-11 11:00");
    expect(await staff.task("admission-approval")).toMatchObject({ priority: "urgent" });
    await life.until("2027-01-18 12:00");
    expect(await staff.task("waiting-call")).toMatchObject({ priority: "urgent" });
  });
});

describe("Staff ask everyone last use of alcohol, benzodiazepines and opioids, past seizure or delirium, pregnancy", () => {
  it.each([
    ["alcohol in the last 7 days", { "last-alcohol": 3 }, "Alcohol in the last 7 days"],
    ["benzodiazepines", { "last-benzodiazepines": 2 }, "Benzodiazepines in the last 30 days"],
    ["opioids", { "last-opioids": 2 }, "Opioids in the last 30 days"],
    ["a past seizure or delirium", { "seizure-or-delirium": 1 }, "Seizure or delirium"],
    ["pregnancy", { pregnancy: 1 }, "Pregnant or may be"],
  ] as const)(
    "%s gets nurse or prescriber review before the first group",
    async (_what, positive, words) => {
      const { life, staff, episode, ask, decide } = await referred();
      await ask("suicide-screen", { "asq-1": 0, "asq-2": 0, "asq-3": 0, "asq-4": 0 });
      await ask("in-the-room", { ...nothing, ...positive });
      await decide("approved", "admit");
      await life.until("2027-01-11 11:00");
      expect((await episode()).status).toBe("active");
      const review = (await staff.tasks("clinician-review")).find((one) =>
        one.words.includes(words),
      );
      expect(review?.assignedFunction).toMatch(/nurse|prescriber/);
      // The first session is at nine on Tuesday at the latest.
      expect(String(review?.dueAt) <= "2027-01-12T14:00:00.000Z").toBe(true);
    },
  );

  it("who is admitted without having been asked has it stated why, and is asked before the first group", async () => {
    const { life, staff, decide } = await referred();
    await decide("approved", "admit");
    await life.until("2027-01-11 11:00");
    const { items } = await staff.ok(casey, "GET", `/episodes/${life.episodeId}/timeline`);
    expect(JSON.stringify(items)).toContain("without suicide screen, in the room");
    expect((await staff.tasks("screen-due")).length).toBe(2);
  });

  it("no refer-down within 30 days of higher care", async () => {
    const { staff } = await referred({
      referralEvent: { kind: "inpatient", facility: "County Hospital", dischargedOn: "2027-01-02" },
    });
    expect(await staff.task("admission-approval")).toMatchObject({
      proposal: "clinician-decides",
      words: expect.stringContaining("No step down within 30 days of higher care."),
    });
  });

  it("unstable housing: a clinician decides, and a housing task opens", async () => {
    const { staff, ask } = await referred();
    await ask("in-the-room", { ...nothing, housing: 1 });
    expect(await staff.task("housing")).toMatchObject({
      assignedFunction: "case-manager",
      priority: "urgent",
    });
    expect(await staff.task("admission-approval")).toMatchObject({ proposal: "clinician-decides" });
  });
});

describe("Under 18: intake becomes a staff call", () => {
  it("nothing is sent, and staff call by the next staffed day", async () => {
    const { life, staff, episode } = await referred(
      {
        participant: {
          name: { given: "Kit", family: "Young" },
          birthDate: "2011-02-03",
          phone: "+12125550162",
          phoneKind: "own",
          email: "kit@example.org",
          language: "en",
        },
      },
      false,
    );
    expect(await staff.tasks("first-contact-call")).toHaveLength(1);
    await life.until("2027-01-25 12:00");
    expect(life.outbox()).toEqual([]);
    expect((await episode()).status).not.toBe("active");
  });
});
