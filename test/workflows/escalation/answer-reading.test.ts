import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { ReadAnswer } from "../../../shared/care/episode/escalation.ts";
import { raiseEscalation } from "../../../shared/care/safety/raise-escalation.ts";
import { answerReading } from "../../../workflows/escalation/answer-reading.ts";
import { buildEpisode, buildState, systemActor, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** Tuesday, 21:00 in New York: nobody is at the site. */
const tuesdayNight = "2027-01-13T02:00:00.000Z";

function concernAt(now: string, tier: "YELLOW" | "RED" = "YELLOW"): Story {
  const story = new Story(buildState(buildEpisode({ status: "active" })), now);
  return story.command((state, ctx) => {
    const draft = new Draft(state, ctx);
    raiseEscalation(draft, ctx, {
      tier,
      source: "text",
      rule: "words",
      occasion: "in-1",
      reason: "Words in a text.",
    });
    return draft.finish("raised");
  }, systemActor);
}

const alertOf = (story: Story) => {
  const [alert] = itemsOf(story.state, "escalation");
  if (alert === undefined) throw new Error("There is no alert");
  return alert;
};

const read = (story: Story, answer: ReadAnswer) =>
  answerReading(story.state, { escalationSk: alertOf(story).sk, answer }, story.ctx());

function refusedFor(story: Story, answer: ReadAnswer): string {
  const answered = read(story, answer);
  if (!isRefusal(answered)) throw new Error("It was not refused");
  return answered.sentence;
}

describe("whoever reads a concern says when the person is called", () => {
  it("now: it is theirs to make within the hour", () => {
    const story = concernAt(tuesdayNight);
    story.command((state, ctx) =>
      answerReading(state, { escalationSk: alertOf(story).sk, answer: "call-now" }, ctx),
    );
    expect(alertOf(story)).toMatchObject({
      status: "acknowledged",
      contactDueAt: "2027-01-13T03:00:00.000Z",
      answers: [{ by: "casey", answer: "call-now" }],
    });
    expect(openTasks(story.state, "safety-follow-up")[0]).toMatchObject({ assignedTo: "casey" });
  });

  it("in the morning: at nine where the site is, by whoever is there then", () => {
    const story = concernAt(tuesdayNight);
    story.command((state, ctx) =>
      answerReading(state, { escalationSk: alertOf(story).sk, answer: "call-in-the-morning" }, ctx),
    );
    const [answer] = alertOf(story).answers ?? [];
    expect(answer).toMatchObject({ callAt: "2027-01-13T14:00:00.000Z" });
    expect(openTasks(story.state, "safety-follow-up")[0]).toMatchObject({
      dueAt: "2027-01-13T14:00:00.000Z",
    });
  });

  it("not in the morning while the site is staffed, and never about danger", () => {
    expect(refusedFor(concernAt(tuesdayMorning), "call-in-the-morning")).toContain(
      "the person is called today",
    );
    expect(refusedFor(concernAt(tuesdayNight, "RED"), "call-in-the-morning")).toContain(
      "it does not wait",
    );
  });

  it("about an alert that is not there: nothing", () => {
    const story = concernAt(tuesdayNight);
    const answered = answerReading(
      story.state,
      { escalationSk: "ESC#nowhere", answer: "call-now" },
      story.ctx(),
    );
    expect(isRefusal(answered) && answered.refused).toBe("not-found");
  });
});
