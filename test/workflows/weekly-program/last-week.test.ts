import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode, ScoreEntry } from "../../../shared/care/episode/episode.ts";
import { startDischarge } from "../../../shared/care/pathway/start-discharge.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
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

/** Records an item of the checklist, as a member of staff does. */
function done(story: Story, item: string): Story {
  const task = openTasks(story.state, "discharge-checklist").find(
    ({ about }) => about?.id === item,
  );
  return story.command((state, ctx) =>
    completeTask(state, { taskSk: task?.sk ?? "", outcome: "done" }, ctx),
  );
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

  it("opens the checklist of the discharge a week before the planned end, due while the person still comes", () => {
    const items = openTasks(inWeek(6).state, "discharge-checklist");
    expect(items.map(({ about }) => about?.id)).toEqual(["suicide-screen", "follow-up-visit"]);
    for (const { dueAt } of items) expect(dueAt < "2027-01-17T17:00:00.000Z").toBe(true);
    expect(openTasks(inWeek(5).state, "discharge-checklist")).toEqual([]);
  });

  it("takes what was done in it into the discharge, and what was not is asked for no second time", () => {
    const story = inWeek(6).passTo(wednesday).decide("week-review-approval");
    const [screen, visit] = openTasks(story.state, "discharge-checklist");
    done(story, "follow-up-visit").passTo(nextMonday);
    expect(story.state.episode.status).toBe("discharge-planning");
    const [left, ...others] = openTasks(story.state, "discharge-checklist");
    expect(left?.taskId).toBe(screen?.taskId);
    expect(left?.driverId).not.toBe(visit?.driverId);
    expect(others).toEqual([]);
    expect(story.state.episode.dischargeItems).toBeUndefined();
    done(story, "suicide-screen");
    expect(story.task("discharge-approval").proposal).toBeDefined();
  });

  it("prepares no other ending: what a step up asks for is asked anew", () => {
    const story = inWeek(6).passTo(wednesday);
    done(story, "follow-up-visit").command((state, ctx) => {
      const draft = new Draft(state, ctx);
      startDischarge(draft, { disposition: "transfer-up" });
      return draft.finish("discharge-planning-started");
    });
    story.passMinutes(1);
    const items = openTasks(story.state, "discharge-checklist");
    expect(items.map(({ evidence }) => evidence.disposition)).toEqual(["transfer-up"]);
  });

  it("that is not the last one after all leaves no checklist behind, and the next one has its own", () => {
    const story = inWeek(6).passTo(wednesday);
    const before = openTasks(story.state, "discharge-checklist").map(({ taskId }) => taskId);
    done(story, "follow-up-visit");
    story.decide("week-review-approval", "approved", "extend").passTo(nextMonday);
    const after = openTasks(story.state, "discharge-checklist");
    expect(after).toHaveLength(before.length);
    expect(after.filter(({ taskId }) => before.includes(taskId))).toEqual([]);
    expect(story.state.episode.dischargeItems).toBeUndefined();
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
