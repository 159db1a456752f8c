import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import type { Escalation } from "../../../../shared/care/episode/escalation.ts";
import { climbOwedTask } from "../../../../shared/care/safety/climb-owed-work.ts";
import {
  type MedicineToRecord,
  recordMedicine,
} from "../../../../shared/care/services/record-medicine.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildState,
  staff,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { itemsOf, openTasks } from "../../../builders/steps.ts";
import { Story } from "../../../builders/story.ts";

const { program: content, instruments } = shippedProgram("sud-iop");
const program = { ...content, version: 1, contentHash: "0".repeat(64) };
const nurse = staff("noor", "nurse");

function inProgram(more: Partial<Episode> = {}): Story {
  return new Story(buildState(buildEpisode({ status: "active", ...more }), []), tuesdayMorning, {
    program,
    instruments,
  });
}

const supply: MedicineToRecord = {
  medicine: "buprenorphine",
  isTaken: true,
  prescriber: "Dr. Noor Haddad (fictional)",
  supplyThrough: "2027-02-12",
  version: 0,
};

function record(story: Story, more: Partial<MedicineToRecord> = {}): Story {
  return story.command((state, ctx) => recordMedicine(state, { ...supply, ...more }, ctx), nurse);
}

const alerts = (story: Story) =>
  itemsOf(story.state, "escalation").map(({ tier, trigger }: Escalation) => [tier, trigger.rule]);
const renewals = (story: Story) => openTasks(story.state, "medication-supply");

describe("the supply of a medicine for opioid use", () => {
  it("is renewed by a nurse 5 staffed days before it ends, shown from that day on", () => {
    const [task, ...others] = renewals(record(inProgram()));
    expect(others).toEqual([]);
    // Friday, February 12: five staffed days before is Friday the 5th.
    expect(task).toMatchObject({
      assignedFunction: "nurse",
      priority: "urgent",
      snoozedUntil: "2027-02-05T05:00:00.000Z",
      dueAt: "2027-02-05T23:00:00.000Z",
      words:
        "Buprenorphine lasts until 2027-02-12. See that it is renewed, and record the new supply.",
    });
  });

  it("takes a visit of today for one to come, also in an evening that is tomorrow in UTC", () => {
    const evening = "2027-01-13T02:00:00.000Z";
    const visit = (nextVisitOn: string) => {
      const result = recordMedicine(
        inProgram().state,
        { ...supply, nextVisitOn },
        buildContext({ program, now: evening, actor: nurse }),
      );
      return isRefusal(result) ? result.sentence : "recorded";
    };
    expect(visit("2027-01-12")).toBe("recorded");
    expect(visit("2027-01-11")).toBe("The next visit is a day that has passed.");
  });

  it("says so where the next visit is after its end", () => {
    const [task] = renewals(record(inProgram(), { nextVisitOn: "2027-02-15" }));
    expect(task?.words).toContain("The next visit is on 2027-02-15, after that.");
  });

  it("goes to a clinician when it is not renewed, and is an ORANGE alert on the first day without", () => {
    const story = record(inProgram());
    const sk = renewals(story)[0]?.sk ?? "";
    const climb = (now: string) => {
      const change = climbOwedTask(story.state, buildContext({ program, now }), sk);
      if (change !== undefined) story.state = applyChange(story.state, change);
    };
    climb("2027-02-05T23:30:00.000Z");
    expect(renewals(story)[0]).toMatchObject({ assignedFunction: "clinician" });
    expect(alerts(story)).toEqual([]);
    // The last day with the medicine is none without it, to its last minute at the site.
    climb("2027-02-13T04:59:00.000Z");
    expect(alerts(story)).toEqual([]);
    climb("2027-02-13T05:00:00.000Z");
    expect(renewals(story)[0]).toMatchObject({ assignedFunction: "clinical-lead" });
    expect(alerts(story)).toEqual([["ORANGE", "owed-work"]]);
  });

  it("ends its task when the new supply is recorded, and follows that one", () => {
    const story = record(record(inProgram()), { version: 1, supplyThrough: "2027-03-12" });
    expect(renewals(story).map(({ words }) => words)).toEqual([
      expect.stringContaining("lasts until 2027-03-12"),
    ]);
    expect(story.state.episode.medicines?.buprenorphine).toMatchObject({ version: 2 });
  });

  it("is an ORANGE alert at once where it is stopped, or has run out", () => {
    const stopped = record(inProgram(), { isTaken: false });
    expect(alerts(stopped)).toEqual([["ORANGE", "medicine-gap"]]);
    const ranOut = record(inProgram(), { supplyThrough: "2027-01-10" });
    expect(alerts(ranOut)).toEqual([["ORANGE", "medicine-gap"]]);
    expect([...renewals(stopped), ...renewals(ranOut)]).toEqual([]);
  });

  it("lasts through its day, and is a gap from the next day on", () => {
    const today = record(inProgram(), { supplyThrough: "2027-01-12" });
    expect([alerts(today), renewals(today).length]).toEqual([[], 1]);
    const yesterday = record(inProgram(), { supplyThrough: "2027-01-11" });
    expect(alerts(yesterday)).toEqual([["ORANGE", "medicine-gap"]]);
  });

  it("is followed on when another medicine is renewed", () => {
    const both = record(record(inProgram()), { medicine: "lithium" });
    const renewed = record(both, { medicine: "lithium", version: 1, supplyThrough: "2027-04-12" });
    expect(renewals(renewed).map(({ about }) => about?.id)).toEqual(
      expect.arrayContaining(["buprenorphine", "lithium"]),
    );
    expect(renewals(renewed)).toHaveLength(2);
  });

  it("is due today where fewer staffed days are left", () => {
    const [task] = renewals(record(inProgram(), { supplyThrough: "2027-01-13" }));
    expect(task?.snoozedUntil).toBeUndefined();
    expect(task?.dueAt).toBe("2027-01-13T23:00:00.000Z");
  });

  it("is followed in aftercare too", () => {
    expect(renewals(record(inProgram({ status: "aftercare" })))).toHaveLength(1);
  });
});

describe("other medicines", () => {
  it.each([
    ["lithium", "YELLOW"],
    ["antipsychotic", "YELLOW"],
    ["other", "ROUTINE"],
  ] as const)("%s that is stopped is %s", (medicine, tier) => {
    const story = record(inProgram(), { medicine, isTaken: false });
    expect(alerts(story)).toEqual([[tier, "medicine-gap"]]);
  });

  it("need no day on which they end", () => {
    const { supplyThrough: _until, ...rest } = supply;
    const story = inProgram().command(
      (state, ctx) => recordMedicine(state, { ...rest, medicine: "other" }, ctx),
      nurse,
    );
    expect(renewals(story)).toEqual([]);
  });
});

describe("a medicine that was recorded by mistake", () => {
  const mistake = {
    isTaken: false,
    isMistake: true,
    prescriber: undefined,
    note: "Meant for somebody else",
    version: 1,
  };

  it("is followed no more, and raises nothing", () => {
    const story = record(record(inProgram()), mistake);
    expect(alerts(story)).toEqual([]);
    expect(renewals(story)).toEqual([]);
    expect(story.state.episode.medicines?.buprenorphine).toEqual({
      version: 2,
      recordedAt: story.now,
      isTaken: false,
      isMistake: true,
    });
  });

  it("can be taken all the same, which is recorded next", () => {
    const story = record(record(record(inProgram()), mistake), { version: 2 });
    expect(renewals(story)).toHaveLength(1);
    expect(story.state.episode.medicines?.buprenorphine?.isMistake).toBeUndefined();
  });
});

it("a medicine that is stopped needs nobody who prescribes it", () => {
  const story = record(record(inProgram()), { isTaken: false, prescriber: undefined, version: 1 });
  expect(alerts(story)).toEqual([["ORANGE", "medicine-gap"]]);
});

describe("a record is refused that", () => {
  const refused = (more: Partial<MedicineToRecord>, episode: Partial<Episode> = {}) => {
    const state = buildState(buildEpisode({ status: "active", ...episode }), []);
    const result = recordMedicine(
      state,
      { ...supply, ...more },
      buildContext({ program, actor: nurse }),
    );
    return isRefusal(result) ? [result.refused, result.sentence] : "taken";
  };

  it.each([
    ["names nobody who prescribes it", { prescriber: " " }, "Say who prescribes it."],
    [
      "leaves open how long medicine for opioid use lasts",
      { supplyThrough: undefined },
      "Buprenorphine: say until when the supply lasts. Without it nobody is warned before it runs out, and a gap is dangerous.",
    ],
    [
      "has the next visit in the past",
      { nextVisitOn: "2027-01-11" },
      "The next visit is a day that has passed.",
    ],
    [
      "says that it is taken and was a mistake",
      { isMistake: true },
      "Either the person takes it, or it was recorded by mistake: choose one.",
    ],
    [
      "calls a mistake what nobody recorded",
      { isTaken: false, isMistake: true, note: "Meant for somebody else" },
      "Nothing was recorded here that could be a mistake.",
    ],
  ] as const)("%s", (_why, more, sentence) => {
    expect(refused(more)).toEqual(["invalid", sentence]);
  });

  it("calls it a mistake and does not say how that is known", () => {
    const story = record(inProgram());
    const result = recordMedicine(
      story.state,
      { ...supply, isTaken: false, isMistake: true, version: 1 },
      buildContext({ program, actor: nurse }),
    );
    expect(result).toMatchObject({
      refused: "invalid",
      sentence: "Say in the note how you know that it was a mistake.",
    });
  });

  it("was written on what somebody else has changed", () => {
    expect(refused({ version: 3 })[0]).toBe("stale-version");
  });

  it("belongs to an episode that has ended", () => {
    expect(refused({}, { status: "closed" })[0]).toBe("not-now");
  });
});
