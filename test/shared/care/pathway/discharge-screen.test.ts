import { describe, expect, it } from "vitest";
import { exampleScreens } from "../../../../local/seeds/example-screens.ts";
import {
  recentSuicideScreen,
  screenRunsOutWords,
  suicideScreenWords,
} from "../../../../shared/care/pathway/discharge-screen.ts";
import { recordScreen } from "../../../../workflows/run/record-screen.ts";
import { transition } from "../../../../workflows/run/transition.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import { buildEpisode, buildRun, buildState, tuesdayMorning } from "../../../builders/state.ts";
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
    expect(suicideScreenWords(askedOn(at), program, tuesdayMorning)).toBe(
      "recorded on 2027-01-06, counts until 2027-01-13",
    );
    expect(item(planned(askedOn(at)))).toEqual([]);
    const evening = askedOn("2027-01-07T02:30:00.000Z");
    expect(suicideScreenWords(evening, program, tuesdayMorning)).toBe(
      "recorded on 2027-01-06, counts until 2027-01-13",
    );
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

  it("is asked for ahead of time, and says why, where it counts now and no more when the last week is over", () => {
    const runsOut = (askedAt: string) =>
      screenRunsOutWords(askedOn(askedAt), program, tuesdayMorning, "2027-01-18T05:00:00.000Z");
    expect(runsOut("2027-01-06T16:00:00.000Z")).toBe(
      "The last one, of 2027-01-06, counts until 2027-01-13, and the discharge is planned for 2027-01-18: ask again before then.",
    );
    // It counts on that day, or does not count today: there is nothing to say ahead of time.
    expect(runsOut("2027-01-11T16:00:00.000Z")).toBeUndefined();
    expect(runsOut("2027-01-04T16:00:00.000Z")).toBeUndefined();
    const lastWeek = (askedAt: string) => {
      const episode = buildEpisode({
        ...{ status: "active", admittedOn: "2026-12-07", week: 6 },
        ...askedOn(askedAt),
      });
      const run = buildRun("weekly-program", `${episode.episodeId}-w6`, {
        data: { week: 6, startsOn: "2027-01-11" },
      });
      return new Story(buildState(episode, [run]), "2027-01-11T13:00:00.000Z", {
        program,
        instruments,
      });
    };
    const asked = item(lastWeek("2027-01-07T16:00:00.000Z"));
    expect(asked).toMatchObject([
      {
        words:
          "Suicide screen asked by a staff member, in person or by phone. The last one, of 2027-01-07, counts until 2027-01-14, and the discharge is planned for 2027-01-18: ask again before then.",
      },
    ]);
    expect((asked[0]?.dueAt ?? "") < "2027-01-16T05:00:00.000Z").toBe(true);
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
