import { beforeAll, describe, expect, it } from "vitest";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import { dateAfter } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { avery, casey } from "./staff-calls.ts";

const monday = (week: number) => dateAfter("2027-01-11", (week - 1) * 7);

/** The timetable of the program, from the day on which somebody begins at noon. */
const slots: readonly (readonly [number, string, string, "every" | "odd"])[] = [
  [0, "mon-group", "13:10", "every"],
  [1, "tue-skills", "13:10", "every"],
  [1, "tue-medication", "15:50", "every"],
  [2, "wed-individual", "13:10", "every"],
  [3, "thu-group", "13:10", "every"],
  [3, "thu-family", "17:10", "odd"],
  [4, "fri-psychoeducation", "13:10", "every"],
];

const noUse = Object.fromEntries(
  Array.from({ length: 17 }, (_, index) => [`bam-${index + 1}`, 0]).filter(
    ([id]) => id !== "bam-5" && id !== "bam-7",
  ),
);

/** What was seen of the year, to be looked at afterwards. */
type Seen = {
  readonly screensAsked: Record<number, readonly (string | undefined)[]>;
  readonly alerts: Record<string, readonly string[]>;
  renewalShown?: boolean;
  reviewAfterUse?: string | undefined;
  reviewAfterSample?: string | undefined;
  checklist?: readonly (string | undefined)[];
  callAfterOpioids?: string | undefined;
  nextStep?: string | undefined;
};

async function liveAYear(): Promise<{ readonly life: Life; readonly seen: Seen }> {
  const life = new Life("2027-01-11 08:30");
  const seen: Seen = { screensAsked: {}, alerts: {} };
  const alerts = async () =>
    [...(await life.state()).items.values()]
      .filter((item): item is Escalation => item.kind === "escalation" && item.status !== "closed")
      .map(({ tier, trigger }) => `${tier} ${trigger.rule}`);
  const medicine = async (more: object) => {
    const { medicines } = (await life.state()).episode;
    await life.staff.onEpisode(avery, "medicines", {
      medicine: "buprenorphine",
      isTaken: true,
      prescriber: "Dr. Noor Haddad (fictional)",
      version: medicines?.buprenorphine?.version ?? 0,
      ...more,
    });
  };
  const measure = (answers: Readonly<Record<string, number>>) =>
    life.staff.onEpisode(casey, "measures", {
      instrumentId: "bam-iop",
      answers: { ...noUse, ...answers },
      mode: "in-person",
    });

  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer({ programId: "sud-iop" });
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-11 11:00");
  await life.writeCrisisPlan();
  await life.decide("admission-approval");
  await life.until("2027-01-11 12:00");
  await medicine({ supplyThrough: "2027-02-05", nextVisitOn: "2027-02-02" });
  for (const week of [1, 2, 3, 4, 5, 6]) {
    for (const [day, slot, time, when] of slots) {
      if (when === "odd" && week % 2 === 0) continue;
      const date = dateAfter(monday(week), day);
      await life.until(`${date} ${time}`);
      await life.attend(date, slot, "present");
      if (slot !== "tue-skills") continue;
      seen.screensAsked[week] = (await life.tasks("screen-due")).map(({ about }) => about?.id);
      await life.ask("opioid-medicine");
      await life.ask("drug-screen", week === 4 ? { "drug-screen-result": 2 } : {});
      if (week === 4)
        seen.reviewAfterSample = (await life.tasks("clinician-review"))
          .map(({ words }) => words)
          .find((words) => words.includes("Drug screen"));
      await measure(week === 3 ? usedOpioids : {});
      if (week !== 3) continue;
      seen.alerts.use = await alerts();
      seen.reviewAfterUse = (await life.tasks("clinician-review"))
        .map(({ words }) => words)
        .find((words) => words.includes("BAM"));
      await life.settleAlerts();
      seen.renewalShown = (await life.task("medication-supply")).snoozedUntil !== undefined;
      await life.until("2027-01-29 09:00");
      expect((await life.task("medication-supply")).snoozedUntil).toBeDefined();
    }
  }
  return { life, seen: await endTheProgram(life, seen, { medicine, alerts }) };
}

const usedOpioids = {
  "bam-6": 1,
  ...Object.fromEntries([..."abcdfg"].map((kind) => [`bam-7${kind}`, 0])),
  "bam-7e": 1,
};

async function endTheProgram(
  life: Life,
  seen: Seen,
  {
    medicine,
    alerts,
  }: {
    readonly medicine: (more: object) => Promise<void>;
    readonly alerts: () => Promise<readonly string[]>;
  },
): Promise<Seen> {
  seen.alerts.beforeTheEnd = await alerts();
  await life.settleAlerts();
  await medicine({ supplyThrough: "2027-06-30" });
  await life.until("2027-02-22 09:05");
  await life.decide("week-review-approval");
  await life.until("2027-02-22 10:00");
  await life.ask("suicide-screen");
  seen.checklist = (await life.tasks("discharge-checklist")).map(({ about }) => about?.id);
  for (const item of await life.tasks("discharge-checklist")) await life.finishTask(item, "done");
  await life.until("2027-02-22 11:00");
  const [approval] = await life.tasks("discharge-approval");
  expect(approval?.evidence.suicideScreen).toBe("recorded on 2027-02-22, counts until 2027-03-01");
  await life.decide(
    "discharge-approval",
    approval?.evidence.notMet === undefined ? undefined : "although-not-met",
  );
  await life.until("2027-02-23 15:00");
  await life.finish("aftercare-call", "reached", { note: "Doing well" });
  await life.until("2027-03-01 18:00");
  await life.answerCheckIn({ naloxone: false });
  seen.nextStep = (await life.tasks("next-step"))[0]?.words;
  await life.until("2027-03-08 18:00");
  await life.answerCheckIn({ "opioid-use": true, craving: 4 });
  seen.callAfterOpioids = (await life.tasks("check-in-call")).map(({ words }) => words)[0];
  await life.until("2027-03-08 18:30");
  await life.finish("check-in-call", "reached", { note: "Sees the prescriber tomorrow" });
  // Nobody renews the medicine: the first day without it is July 1.
  await life.until("2027-07-01 09:00");
  seen.alerts.gap = await alerts();
  await life.settleAlerts();
  await medicine({ supplyThrough: "2028-12-31" });
  await life.until("2028-02-22 18:00");
  return seen;
}

describe("a sud-iop year with medication and screens", () => {
  let life: Life;
  let seen: Seen;
  beforeAll(async () => {
    ({ life, seen } = await liveAYear());
  }, 120_000);

  it("is lived in that program, from the referral on", async () => {
    const { episode } = await life.state();
    expect(episode).toMatchObject({ programId: "sud-iop", status: "aftercare" });
    expect(episode.disposition).toBe("completed");
    expect(life.world.problems).toEqual([]);
  });

  it("is carried by no execution for longer than 35 days, however far off the next thing to do is", () => {
    const executions = life.world.engine.listExecutions({});
    expect(executions.length).toBeGreaterThan(12);
    const now = Date.parse(life.world.now());
    const dayMs = 24 * 3_600_000;
    for (const { name, startDate, stopDate } of executions)
      expect(((stopDate ?? now) - startDate) / dayMs, name).toBeLessThan(35);
  });

  it("asks every week for the medicine, for naloxone and for a sample", () => {
    for (const week of [1, 2, 3, 4, 5, 6])
      expect(seen.screensAsked[week]?.toSorted(), `week ${week}`).toEqual([
        "drug-screen",
        "opioid-medicine",
      ]);
  });

  it("measures use every week with the BAM, and opioids reach a clinician the same day", () => {
    expect(seen.alerts.use).toContain("ORANGE bam-iop.bam-7e.ORANGE");
    expect(seen.reviewAfterUse).toContain("BAM, last 7 days rose by 1 to 1.");
  });

  it("has a clinician read a sample that is not negative, and sends nothing about it", () => {
    expect(seen.reviewAfterSample).toContain("Drug screen positive, not confirmed");
    expect(life.world.sent.some(({ templateId }) => /screen|medic/.test(templateId))).toBe(false);
  });

  it("pages ORANGE on the first day without medicine for opioid use, in the program and after it", () => {
    expect(seen.renewalShown).toBe(true);
    expect(seen.alerts.beforeTheEnd).toEqual(["ORANGE owed-work"]);
    expect(seen.alerts.gap).toEqual(["ORANGE owed-work"]);
  });

  it("has naloxone on the discharge checklist, and no item for a suicide screen that was recorded that day", () => {
    expect(seen.checklist).toContain("naloxone");
    expect(seen.checklist).not.toContain("suicide-screen");
  });

  it("asks in aftercare about opioids and naloxone: a call the same day, and help with a next step", () => {
    expect(seen.callAfterOpioids).toMatch(
      /^Call today, after check-in 3\. Opioid use after abstinence/,
    );
    expect(seen.nextStep).toContain("Has no naloxone at hand");
  });
});

describe("Step-up review after one week of use on 4 or more days", () => {
  it("is a clinician's, from the answers that staff enter", async () => {
    const life = new Life("2027-01-11 08:30");
    await life.start();
    await life.until("2027-01-11 09:00");
    await life.refer({ programId: "sud-iop" });
    await life.until("2027-01-11 10:00");
    await life.answerForm("ask-forms", 2);
    await life.until("2027-01-11 11:00");
    await life.writeCrisisPlan();
    await life.decide("admission-approval");
    await life.until("2027-01-19 10:00");
    const staff = life.staff;
    const enter = (days: number) =>
      staff.ok(avery, "POST", `/episodes/${life.episodeId}/measures`, {
        instrumentId: "bam-iop",
        answers: { ...noUse, "bam-4": days, "bam-5": 0 },
        mode: "in-person",
      });
    const reviews = async () =>
      (await staff.tasks("clinician-review")).filter(({ words }) => words.includes("BAM"));
    await enter(3);
    expect(await reviews()).toEqual([]);
    await life.until("2027-01-26 10:00");
    await enter(4);
    expect(await reviews()).toMatchObject([{ assignedFunction: "clinician" }]);
  });
});
