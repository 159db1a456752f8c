import { describe, expect, it } from "vitest";
import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { startNextWeek } from "../../../workflows/weekly-program/propose.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  clinicalLead,
  putsOf,
} from "../../builders/state.ts";
import { openTasks } from "../../builders/steps.ts";
import { everybody, Story } from "../../builders/story.ts";

/** The Monday of week 3, before its first session. */
const mondayMorning = "2027-01-11T13:00:00.000Z";
const wednesday = "2027-01-13T15:00:00.000Z";
const nextMonday = "2027-01-18T13:00:00.000Z";
const review = buildTask({
  sk: "TASK#level-of-care-review#w2",
  taskId: "01JHTEST0000000000000REV01",
  taskKind: "level-of-care-review",
  assignedFunction: "clinician",
});

function inWeek(week: number): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2026-12-28",
    week,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w${week}`, {
    data: { week, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run, review]), mondayMorning);
}

const reviewed = (story: Story, outcome: string) =>
  story.command((state, ctx) => completeTask(state, { taskSk: review.sk, outcome }, ctx));

describe("a review of the level of care", () => {
  it.each([
    ["step-up", "more care is proposed. Plan the step up?", "transfer-up"],
    ["step-down", "less care is proposed. Plan the step down?", "transfer-down"],
  ])(
    "that proposes a %s puts it before the team, who decide it with the week",
    (outcome, words, disposition) => {
      const story = reviewed(inWeek(3).passTo(wednesday), outcome);
      expect(openTasks(story.state, "level-of-care-review")).toEqual([]);
      expect(story.task("week-review-approval")).toMatchObject({
        proposal: outcome,
        words: `The level of care was reviewed in week 3: ${words}`,
        dueAt: "2027-01-17T17:00:00.000Z",
        evidence: { week: 3 },
      });
      story.decide("week-review-approval", "approved").passTo(nextMonday);
      expect(story.state.episode).toMatchObject({ status: "discharge-planning", disposition });
    },
  );

  it("goes on with the next week where the team says no", () => {
    const story = reviewed(inWeek(3).passTo(wednesday), "step-up");
    story.decide("week-review-approval", "rejected").passTo(nextMonday);
    expect(story.state.episode).toMatchObject({ status: "active", week: 4 });
    expect(openTasks(story.state, "week-review-approval")).toEqual([]);
  });

  it("keeps the next week waiting until somebody answers, and hands the question on", () => {
    const story = reviewed(inWeek(3).passTo(wednesday), "step-up").passTo(nextMonday);
    expect(story.state.episode).toMatchObject({ status: "active", week: 3 });
    expect(story.task("week-review-approval").remindedAt).toBeDefined();
  });

  it("stands in the last week's question, also when that week is over", () => {
    const story = inWeek(6).passTo(wednesday);
    expect(story.task("week-review-approval").proposal).toBe("discharge");
    reviewed(story, "step-down").passTo(nextMonday);
    expect(openTasks(story.state, "week-review-approval")).toMatchObject([
      { proposal: "step-down", words: expect.stringContaining("less care is proposed") },
    ]);
  });

  it("asks once more where the week was decided upon, and not a third time", () => {
    const story = inWeek(6).passTo(wednesday).decide("week-review-approval", "approved", "extend");
    reviewed(story, "step-up");
    const asked = openTasks(story.state, "week-review-approval").at(-1);
    expect(asked).toMatchObject({ proposal: "step-up", sk: "TASK#week-review-approval#w6-up" });
    story.command(
      (state, ctx) =>
        decideApproval(
          state,
          {
            taskSk: asked?.sk ?? "",
            decision: "rejected",
            reason: "Stays",
            version: asked?.version ?? 0,
          },
          ctx,
        ),
      clinicalLead,
    );
    const again = {
      ...review,
      sk: "TASK#level-of-care-review#w6",
      taskId: "01JHTEST0000000000000REV02",
    };
    const state = { ...story.state, items: new Map(story.state.items).set(again.sk, again) };
    expect(
      completeTask(
        state,
        { taskSk: again.sk, outcome: "step-up" },
        buildContext({ now: wednesday, actor: everybody }),
      ),
    ).toMatchObject({
      refused: "not-now",
      sentence: expect.stringContaining("decided about week 6 twice"),
    });
  });

  it("has nothing to be decided with where no week runs, and says what to do instead", () => {
    const state = buildState(buildEpisode({ status: "active", week: 3 }), [review]);
    expect(
      completeTask(
        state,
        { taskSk: review.sk, outcome: "step-down" },
        buildContext({ now: wednesday, actor: everybody }),
      ),
    ).toMatchObject({
      refused: "not-now",
      sentence: expect.stringContaining("Begin the discharge on the person's page"),
    });
  });

  it("that proposes in the moment in which the week ends is asked about in the next one", () => {
    const story = reviewed(inWeek(3).passTo(wednesday), "step-up");
    const run = [...story.state.items.values()].find((item) => item.kind === "driver");
    if (run?.kind !== "driver") throw new Error("There is a run of the week");
    const { change } = startNextWeek(story.state, run, buildContext({ now: nextMonday }));
    expect(putsOf(change)["TASK#week-review-approval#w4"]).toMatchObject({
      status: "open",
      proposal: "step-up",
    });
  });
});
