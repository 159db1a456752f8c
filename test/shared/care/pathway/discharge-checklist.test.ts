import { expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import { openItems } from "../../../../shared/care/pathway/discharge-checklist.ts";
import { buildProgram } from "../../../builders/program.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { openTasks } from "../../../builders/steps.ts";

const checklist = [
  "suicide-screen",
  "crisis-plan",
  "supervisor-review",
  "medication-supply",
  "follow-up-visit",
].map((item) => ({ item, words: item, requiredFor: ["completed" as const] }));
const program = buildProgram({ discharge: { ...buildProgram().discharge, checklist } });

it("has what is about danger done by a clinician, a review by the supervisor, and a supply by a nurse", () => {
  const ctx = buildContext({ program });
  const draft = new Draft(buildState(buildEpisode({ status: "active" })), ctx);
  openItems(draft, ctx, "completed", { occurrence: "one", dueAt: () => tuesdayMorning });
  const owners = openTasks(draft.state).map(({ about, assignedFunction }) => [
    about?.id,
    assignedFunction,
  ]);
  expect(Object.fromEntries(owners)).toEqual({
    "suicide-screen": "clinician",
    "crisis-plan": "clinician",
    "supervisor-review": "supervisor",
    "medication-supply": "nurse",
    "follow-up-visit": "case-manager",
  });
});

it("takes over what was prepared in the last week, and gives nobody less time than they had", () => {
  const ctx = buildContext({ program });
  const later = "2027-01-15T16:00:00.000Z";
  const dueOf = (early: string, asked: string) => {
    const prepared = buildTask({
      sk: "TASK#discharge-checklist#early",
      taskKind: "discharge-checklist",
      about: { type: "checklist-item", id: "follow-up-visit" },
      dueAt: early,
    });
    const state = buildState(buildEpisode({ status: "active" }), [prepared]);
    const draft = new Draft(state, ctx);
    openItems(draft, ctx, "completed", {
      occurrence: "one",
      driverId: "discharge-one",
      dueAt: () => asked,
    });
    const own = openTasks(draft.state).filter(({ about }) => about?.id === "follow-up-visit");
    return own.map(({ dueAt, driverId }) => [dueAt, driverId]);
  };
  expect(dueOf(later, tuesdayMorning)).toEqual([[later, "discharge-one"]]);
  expect(dueOf(tuesdayMorning, later)).toEqual([[later, "discharge-one"]]);
});
