import { describe, expect, it } from "vitest";
import { offeredWays } from "../../../shared/care/approvals/approval-kinds.ts";
import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import type { WeekHours } from "../../../shared/care/episode/episode.ts";
import type { Disposition } from "../../../shared/care/program/program.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { buildProgram } from "../../builders/program.ts";
import { buildEpisode, buildState, clinicalLead, tuesdayMorning } from "../../builders/state.ts";
import { openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const plain = buildProgram();
const program = {
  ...plain,
  measures: [{ instrumentId: "phq-9", everyWeeks: 2 }],
  discharge: {
    ...plain.discharge,
    completion: { minimumWeeks: 4, attendedPercent: 80, measuresWithinDays: 14 },
  },
};

const week = (number: number, attendedMinutes: number): WeekHours => ({
  week: number,
  startsOn: "2026-12-07",
  expectedMinutes: 600,
  attendedMinutes,
  isFullWeek: true,
  byDay: {},
  closedAt: "2026-12-14T01:00:00.000Z",
});
/** The same week while it runs. */
const notOver = ({ closedAt: _closedAt, ...open }: WeekHours): WeekHours => open;
const score = (occasion: string, total: number, scoredAt = tuesdayMorning) => ({
  instrumentId: "phq-9",
  scoredAt,
  total,
  band: "moderate",
  positive: true,
  occasion,
});

/** Somebody whose discharge has its checklist worked off and lies before the person who decides. */
function beforeDecision(
  lived: { weeks: WeekHours[]; scores: ReturnType<typeof score>[] },
  disposition: Disposition = "completed",
): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2026-12-01",
    week: lived.weeks.length,
    ...lived,
  });
  const story = new Story(buildState(episode, []), tuesdayMorning, { program });
  story.command((state, ctx) =>
    transition(state, { to: "discharge", disposition, reason: "Goals are reached" }, ctx),
  );
  for (const task of openTasks(story.state, "discharge-checklist"))
    story.command((state, ctx) => completeTask(state, { taskSk: task.sk, outcome: "done" }, ctx));
  return story;
}

const lived = {
  weeks: [week(1, 600), week(2, 500), week(3, 480), week(4, 600)],
  scores: [score("intake", 16), score("w4", 6)],
};
const labels = (story: Story) =>
  offeredWays(story.task("discharge-approval")).map(({ label }) => label);

describe("an ending called completed", () => {
  it("is decided plainly where weeks, hours and measures are there", () => {
    const story = beforeDecision(lived);
    expect(labels(story)).toEqual(["Discharge", "Do not discharge"]);
    expect(story.decide("discharge-approval").state.episode.status).toBe("discharged");
  });

  it.each([
    [
      "on day one",
      { weeks: [], scores: [score("intake", 16)] },
      "The program asks for 4 weeks; 0 of them are over. PHQ-9 was not answered again after the first time.",
    ],
    [
      "with half of the hours",
      { ...lived, weeks: [week(1, 600), week(2, 0), week(3, 0), week(4, 600)] },
      "20 h of 40 h planned were attended; the program asks for 80 %.",
    ],
    [
      "in a week that is not over",
      { ...lived, weeks: [week(1, 600), week(2, 500), week(3, 480), notOver(week(4, 600))] },
      "The program asks for 4 weeks; 3 of them are over.",
    ],
    [
      "on an old score",
      {
        ...lived,
        scores: [score("intake", 16), score("w2", 6, "2026-12-01T00:00:00.000Z")],
      },
      "PHQ-9 was last answered more than 14 days ago.",
    ],
    ["never measured", { ...lived, scores: [] }, "PHQ-9 was never answered."],
  ])(
    "says what is missing %s, and is a choice of its own with its reason",
    (_name, short, words) => {
      const story = beforeDecision(short);
      const { evidence, sk, version } = story.task("discharge-approval");
      expect(evidence.notMet).toBe(words);
      expect(labels(story)).toEqual([
        "Discharge although the program asks for more",
        "Do not discharge",
      ]);
      const decision = { taskSk: sk, decision: "approved", reason: "Agreed", version } as const;
      expect(decideApproval(story.state, decision, story.ctx(clinicalLead))).toMatchObject({
        refused: "not-now",
        sentence: `${words} Choose "Discharge although the program asks for more" and say why, or do not discharge yet.`,
      });
      expect(
        story.decide("discharge-approval", "approved", "although-not-met").state.episode,
      ).toMatchObject({ status: "discharged", disposition: "completed" });
    },
  );

  it("asks nothing of the other endings", () => {
    const story = beforeDecision({ weeks: [], scores: [] }, "moved");
    expect(story.task("discharge-approval").evidence).not.toHaveProperty("notMet");
    expect(labels(story)).toEqual(["Discharge", "Do not discharge"]);
  });

  it("may be refused without a word about what is missing", () => {
    const story = beforeDecision({ weeks: [], scores: [] });
    expect(story.decide("discharge-approval", "rejected").state.episode.status).toBe("active");
  });
});
