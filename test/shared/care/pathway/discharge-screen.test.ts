import { describe, expect, it } from "vitest";
import { exampleScreens } from "../../../../local/seeds/example-screens.ts";
import {
  recentSuicideScreen,
  suicideScreenWords,
} from "../../../../shared/care/pathway/discharge-screen.ts";
import { recordScreen } from "../../../../workflows/run/record-screen.ts";
import { transition } from "../../../../workflows/run/transition.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import { buildEpisode, buildState, tuesdayMorning } from "../../../builders/state.ts";
import { openTasks } from "../../../builders/steps.ts";
import { everybody, Story } from "../../../builders/story.ts";

const { program: content, instruments } = shippedProgram();
const program = { ...content, version: 1, contentHash: "0".repeat(64) };
const askedOn = (askedAt: string) => ({
  timeZone: "America/New_York",
  screens: { "suicide-screen": { version: 1, askedAt, by: "avery", positive: [] } },
});
const item = (story: Story) =>
  openTasks(story.state, "discharge-checklist").filter(
    ({ about }) => about?.id === "suicide-screen",
  );

function planned(more: ReturnType<typeof askedOn> | object = {}): Story {
  const episode = buildEpisode({ status: "active", admittedOn: "2026-12-01", week: 6, ...more });
  const story = new Story(buildState(episode, []), tuesdayMorning, { program, instruments });
  return story.command((state, ctx) =>
    transition(state, { to: "discharge", disposition: "completed", reason: "Goals reached" }, ctx),
  );
}

describe("the suicide screen of a discharge", () => {
  it("is one that was recorded within the program's days", () => {
    const at = "2027-01-06T16:00:00.000Z";
    expect(recentSuicideScreen(askedOn(at), program, tuesdayMorning)).toBe(at);
    expect(suicideScreenWords(askedOn(at), program, tuesdayMorning)).toBe("recorded on 2027-01-06");
    expect(item(planned(askedOn(at)))).toEqual([]);
    const evening = askedOn("2027-01-07T02:30:00.000Z");
    expect(suicideScreenWords(evening, program, tuesdayMorning)).toBe("recorded on 2027-01-06");
  });

  it("is asked for where the last one is older, or there is none", () => {
    const old = askedOn("2027-01-04T16:00:00.000Z");
    for (const more of [old, { timeZone: "America/New_York" }]) {
      expect(suicideScreenWords(more, program, tuesdayMorning)).toContain(
        "none is recorded in the last 7 days",
      );
      expect(item(planned(more))).toHaveLength(1);
    }
  });

  it("ticks its item when it is recorded", () => {
    const story = planned().command(
      (state, ctx) =>
        recordScreen(
          state,
          {
            screenId: "suicide-screen",
            answers: exampleScreens["suicide-screen"] ?? {},
            refused: [],
            mode: "in-person",
            safetyConcern: false,
          },
          ctx,
        ),
      everybody,
    );
    expect(item(story)).toEqual([]);
  });
});
