import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import { bookMakeUp, type MakeUpRequest } from "../../../workflows/weekly-program/book-make-up.ts";
import { changeTrack } from "../../../workflows/weekly-program/change-track.ts";
import { followSiteDay } from "../../../workflows/weekly-program/follow-schedule.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import {
  applyChange,
  buildEpisode,
  buildRun,
  buildState,
  caseManager,
} from "../../builders/state.ts";
import { itemsOf } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const mondayMorning = "2027-01-11T13:00:00.000Z";
const basic = buildProgram();
const mornings = basic.sessions.map((slot) => ({ ...slot, track: "morning" }));
const program: Program = buildProgram({
  groupTracks: [
    { track: "morning", title: "Mornings" },
    { track: "evening", title: "Evenings" },
  ],
  sessions: [
    ...mornings,
    ...mornings.map((slot) => ({
      ...slot,
      slot: `${slot.slot}-evening`,
      track: "evening",
      startTime: "18:00",
      capacity: 8,
    })),
  ],
});
const evening = `${buildSite().siteId}:${program.programId}:2027-01-13:wed-skills-evening`;
const request: MakeUpRequest = { sessionId: evening, reason: "Missed Monday" };

function opened(): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2027-01-08",
    week: 1,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w1`, {
    data: { week: 1, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning, { program, site: buildSite() });
}

function ask(story: Story, more: Partial<MakeUpRequest> = {}, taken = 0) {
  const result = bookMakeUp(
    story.state,
    { ...request, ...more },
    { ...story.ctx(), actor: caseManager },
    [{ slot: "wed-skills-evening", title: "Skills", on: "2027-01-13", taken, capacity: 8 }],
  );
  if (isRefusal(result)) return result;
  story.state = applyChange(story.state, result, { keepClosed: true });
  return result;
}

const own = (story: Story) =>
  itemsOf(story.state, "session").find(({ groupSessionId }) => groupSessionId === evening);
const reminders = (story: Story) =>
  itemsOf(story.state, "message").filter(
    ({ occurrence, status }) =>
      status === "PLANNED" && occurrence.startsWith(own(story)?.sessionId ?? "none"),
  );
const weekOf = (story: Story) => story.state.episode.weeks[0];

describe("a make-up place in another group", () => {
  it("is a session of theirs: hours, roster and a word to them", () => {
    const story = opened();
    const before = weekOf(story);
    const change = ask(story);
    expect(isRefusal(change)).toBe(false);
    expect(own(story)).toMatchObject({ status: "planned", isMakeUp: true, counts: true });
    expect(weekOf(story)).toMatchObject({
      expectedMinutes: (before?.expectedMinutes ?? 0) + 180,
      isFullWeek: true,
    });
    expect(isRefusal(change) ? [] : change.projections).toMatchObject([
      { kind: "seat", groupSessionId: evening },
    ]);
    expect(reminders(story).length).toBeGreaterThan(0);
    expect(ask(story)).toMatchObject({ sentence: expect.stringContaining("already") });
  });

  it("is given up: the week is as it was, nobody is reminded, and it can be booked again", () => {
    const story = opened();
    const before = weekOf(story);
    ask(story);
    ask(story, { isGivenUp: true, reason: "Has to work" });
    expect(own(story)).toMatchObject({ status: "cancelled" });
    expect(weekOf(story)).toEqual(before);
    expect(reminders(story)).toEqual([]);
    expect(ask(story, { isGivenUp: true })).toMatchObject({ refused: "not-now" });
    // A group that they are expected in anyway is no make-up place.
    const usual = evening.replace("-evening", "");
    expect(ask(story, { sessionId: usual, isGivenUp: true })).toMatchObject({
      sentence: "The person has no make-up place in that group.",
    });
    ask(story);
    expect(own(story)).toMatchObject({ status: "planned", isMakeUp: true });
    expect(
      itemsOf(story.state, "session").filter(({ slot }) => slot.startsWith("wed-")),
    ).toHaveLength(2);
  });

  it("follows closed days, and stays theirs when they are moved to another track", () => {
    const story = opened();
    ask(story);
    const sk = own(story)?.sk ?? "";
    const follow = (site: ReturnType<typeof buildSite>) => {
      const change = followSiteDay(
        story.state,
        { type: "site-day-changed", on: "2027-01-13", sessionSks: [sk] },
        { ...story.ctx(), site },
      );
      if (change !== undefined)
        story.state = applyChange(story.state, change, { keepClosed: true });
    };
    follow(buildSite({ closures: [{ on: "2027-01-13", words: "Snow" }] }));
    expect(own(story)).toMatchObject({ status: "cancelled", cancelledFor: "site-closed" });
    follow(buildSite());
    const moved = changeTrack(
      story.state,
      { track: "evening", from: "2027-01-14", reason: "Works in the morning" },
      { ...story.ctx(), actor: caseManager },
    );
    if (isRefusal(moved)) throw new Error(moved.sentence);
    story.state = applyChange(story.state, moved, { keepClosed: true });
    expect(own(story)).toMatchObject({ status: "planned", isMakeUp: true });
  });

  it("is refused where it stands in the way, and nothing is changed", () => {
    const story = opened();
    const before = story.state;
    const group = (slot: string, on = "2027-01-13") =>
      `${buildSite().siteId}:${program.programId}:${on}:${slot}`;
    const tries: readonly [Partial<MakeUpRequest>, number, string][] = [
      [{}, 8, "is full on 2027-01-13: 8 are expected, and it has 8 places"],
      [{ sessionId: group("wed-skills") }, 0, "expected in that group already"],
      [{ sessionId: group("wed-skills-evening", "2027-01-14") }, 0, "no such group"],
      [{ sessionId: group("thu-individual-evening", "2027-01-14") }, 0, "no such group"],
      [{ sessionId: group("wed-skills-evening", "2027-02-03") }, 0, "not open yet"],
      [{ sessionId: "elsewhere" }, 0, "no such group"],
      [{ isGivenUp: true }, 0, "no make-up place"],
    ];
    for (const [more, taken, sentence] of tries)
      expect(ask(story, more, taken)).toMatchObject({
        sentence: expect.stringContaining(sentence),
      });
    expect(story.state).toBe(before);
    story.passTo("2027-01-14T13:00:00.000Z");
    expect(ask(story)).toMatchObject({ sentence: "That time is over." });
  });

  it("is kept once its group has begun: who came is entered, nobody gives it up", () => {
    const story = opened();
    ask(story);
    story.passTo(own(story)?.scheduledStartAt ?? "");
    expect(ask(story, { isGivenUp: true })).toMatchObject({
      sentence: "That group has begun. Enter who came under Attendance.",
    });
    expect(own(story)?.status).toBe("planned");
  });
});
