import { expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import { askForUnanswered } from "../../../shared/questions/measure-due.ts";
import { addScore } from "../../../shared/questions/record-answers.ts";
import { applyChange, buildContext, buildEpisode, buildState } from "../../builders/state.ts";
import { openTasks } from "../../builders/steps.ts";

const ctx = buildContext();
const score = { total: 5, band: "mild", positive: false };

it("measures that nobody answered are asked by a person, and the task ends when all have come", () => {
  const before = buildState(buildEpisode({ status: "active" }), []);
  const asked = new Draft(before, ctx);
  askForUnanswered(asked, ctx, 3, ["phq-9", "gad-7"]);
  let state = applyChange(before, asked.finish("week-closed"));
  expect(openTasks(state, "measure-due")).toMatchObject([
    {
      assignedFunction: "case-manager",
      words:
        "PHQ-9 and GAD-7 asked in week 3 and not answered. Ask in the room or on the phone, and enter the answers.",
    },
  ]);
  for (const [instrumentId, left] of [
    ["phq-9", 1],
    ["gad-7", 0],
  ] as const) {
    const draft = new Draft(state, ctx);
    addScore(draft, ctx, instrumentId, score, "staff-1");
    state = applyChange(state, draft.finish("measured"));
    expect(openTasks(state, "measure-due")).toHaveLength(left);
  }
});

it("nothing is asked where everything was answered", () => {
  const draft = new Draft(buildState(buildEpisode({ status: "active" }), []), ctx);
  askForUnanswered(draft, ctx, 3, []);
  expect(openTasks(draft.state, "measure-due")).toEqual([]);
});
