import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { Disposition } from "../../../shared/care/program/program.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { buildEpisode, buildState, clinicalLead, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** Discharged on a Tuesday evening, with a first visit elsewhere; the goodbye waits for the morning. */
const evening = "2027-01-13T02:00:00.000Z";
function discharged(disposition: Disposition = "completed"): Story {
  const state = buildState(
    buildEpisode({
      status: "active",
      admittedOn: "2026-12-01",
      week: 2,
      weeks: [],
      aftercare: { steady: 0, firstVisitOn: "2027-01-19" },
    }),
  );
  const story = new Story(state, evening).command((before, ctx) =>
    transition(before, { to: "discharge", disposition, reason: "Goals are reached" }, ctx),
  );
  for (const { sk } of openTasks(story.state, "discharge-checklist"))
    story.command((before, ctx) => completeTask(before, { taskSk: sk, outcome: "done" }, ctx));
  return story.decide("discharge-approval");
}

const takeBack = (story: Story) =>
  transition(
    story.state,
    { to: "reverse-discharge", reason: "Decided too early" },
    story.ctx(clinicalLead),
  );
const goodbyes = (story: Story) =>
  itemsOf(story.state, "message").filter(({ step }: Message) => step === "discharged");

describe("a discharge that is taken back", () => {
  it("leaves nothing of it: no goodbye, no ending, no visit elsewhere; the person is in the program and called", () => {
    const story = discharged();
    expect(story.state.episode).toMatchObject({ status: "discharged", disposition: "completed" });
    expect(goodbyes(story).map(({ status }) => status)).toEqual(["PLANNED"]);
    story.command((state, ctx) =>
      transition(state, { to: "reverse-discharge", reason: "Decided too early" }, ctx),
    );
    const { status, disposition, dischargedAt, aftercare } = story.state.episode;
    expect([status, disposition, dischargedAt]).toEqual(["active", undefined, undefined]);
    expect(aftercare).toEqual({ steady: 0 });
    expect(goodbyes(story)).toMatchObject([{ status: "CANCELLED", reason: "discharge-reversed" }]);
    expect(story.task("first-contact-call").words).toContain("The discharge was reversed");
    // And nothing of it comes later: no aftercare begins by itself.
    story.passHours(48);
    expect(story.state.episode.status).toBe("active");
    expect(itemsOf(story.state, "check-in")).toEqual([]);
  });

  it("is taken back within a day, to the instant, and not after", () => {
    const story = discharged();
    const { dischargedAt = "" } = story.state.episode;
    const at = (ms: number) => new Date(Date.parse(dischargedAt) + ms).toISOString();
    const day = 24 * 3_600_000;
    story.now = at(day - 1);
    expect(isRefusal(takeBack(story))).toBe(false);
    story.now = at(day);
    expect(takeBack(story)).toMatchObject({
      refused: "not-now",
      sentence: expect.stringContaining("can be reversed for 24 hours; that time is over"),
    });
  });

  it("is none where nobody was discharged, or where a death is on record", () => {
    const active = new Story(buildState(buildEpisode({ status: "active" })), tuesdayMorning);
    expect(takeBack(active)).toMatchObject({ sentence: "There is no discharge to reverse." });
    const died = new Story(
      buildState(
        buildEpisode({
          status: "discharged",
          disposition: "deceased",
          dischargedAt: tuesdayMorning,
        }),
      ),
      tuesdayMorning,
    );
    expect(takeBack(died)).toMatchObject({
      refused: "not-now",
      sentence: expect.stringContaining("A death is on record, which is no discharge"),
    });
  });
});
