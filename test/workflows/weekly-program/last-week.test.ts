import { describe, expect, it } from "vitest";
import type { Episode, ScoreEntry } from "../../../shared/care/episode/episode.ts";
import { buildEpisode, buildRun, buildState } from "../../builders/state.ts";
import { openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** The Monday of the week, before its first session. */
const mondayMorning = "2027-01-11T13:00:00.000Z";
const wednesday = "2027-01-13T15:00:00.000Z";
const nextMonday = "2027-01-18T13:00:00.000Z";

function inWeek(week: number, more: Partial<Episode> = {}): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2026-12-07",
    week,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
    ...more,
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w${week}`, {
    data: { week, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning);
}

const score = (total: number, occasion: string): ScoreEntry => ({
  instrumentId: "phq-9",
  scoredAt: mondayMorning,
  total,
  band: "severe",
  positive: true,
  occasion,
});

describe("the last planned week", () => {
  it("has its question while it runs, due when it ends", () => {
    expect(inWeek(6).task("week-review-approval")).toMatchObject({
      proposal: "discharge",
      words:
        "This is week 6 of 6 planned weeks. Plan the discharge, or go on for another week? Nothing changes before the week is over.",
      dueAt: "2027-01-17T17:00:00.000Z",
    });
    expect(openTasks(inWeek(5).state, "week-review-approval")).toEqual([]);
  });

  it("is followed by the week that was decided upon before it begins", () => {
    const story = inWeek(6).passTo(wednesday).decide("week-review-approval", "approved", "extend");
    expect(story.passHours(24).state.episode.week).toBe(6);
    story.passTo(nextMonday);
    expect(story.state.episode).toMatchObject({ status: "active", week: 7 });
    // And the week that was added has its question in its turn.
    expect(openTasks(story.state, "week-review-approval")).toMatchObject([
      { words: expect.stringContaining("This is week 7 of 6 planned weeks") },
    ]);
  });

  it("is lived to its end where the discharge was decided upon in it", () => {
    const story = inWeek(6).passTo(wednesday).decide("week-review-approval");
    expect(story.state.episode.status).toBe("active");
    story.passTo(nextMonday);
    expect(story.state.episode).toMatchObject({
      status: "discharge-planning",
      disposition: "completed",
    });
  });

  it("is asked about with the whole week once it is over, on the same task", () => {
    const story = inWeek(6);
    const early = story.task("week-review-approval");
    const late = story.passTo(nextMonday).task("week-review-approval");
    expect(late.taskId).toBe(early.taskId);
    expect(late).toMatchObject({
      words: "Week 6 of 6 planned weeks is over. Plan the discharge, or go on for another week?",
      assignedFunction: "clinical-lead",
    });
  });

  it("asks anew where the scores got worse after the answer", () => {
    const story = inWeek(6, { scores: [score(21, "w4")] })
      .passTo(wednesday)
      .decide("week-review-approval");
    const { episode, items } = story.state;
    story.state = {
      items,
      episode: { ...episode, scores: [...episode.scores, score(22, "w6")] },
    };
    story.passTo(nextMonday);
    const up = openTasks(story.state, "week-review-approval").find(
      ({ proposal }) => proposal === "step-up",
    );
    expect(up?.words).toContain("Plan the step up to more care?");
    expect(story.state.episode.status).toBe("active");
  });

  it("is not asked about while the person is on leave", () => {
    const hold = { kind: "family", since: mondayMorning, contactKeptBy: "casey" };
    expect(openTasks(inWeek(6, { status: "onhold", hold }).state, "week-review-approval")).toEqual(
      [],
    );
  });
});
