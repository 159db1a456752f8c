import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { isOpenItem } from "../../../shared/care/change/draft.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { makeUpPlaces } from "../../../shared/care/sessions/forecast.ts";
import { trackOn } from "../../../shared/care/sessions/group-tracks.ts";
import { withSessions } from "../../../workflows/run/commands/with-closed-items.ts";
import { bookVisits } from "../../../workflows/weekly-program/book-visit.ts";
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

/** The Monday of week one, before its first session; mornings stand on Monday, Wednesday and Thursday. */
const mondayMorning = "2027-01-11T13:00:00.000Z";
const mornings = buildProgram().sessions.map((slot) => ({ ...slot, track: "morning" }));
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
      startTime: "17:30",
    })),
  ],
});

function opened(site: Site = buildSite()): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2027-01-08",
    week: 1,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w1`, {
    data: { week: 1, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning, { program, site });
}

const planned = (story: Story) =>
  itemsOf(story.state, "session")
    .filter(({ status }) => status === "planned")
    .map(({ sk }) => sk)
    .toSorted();

/** Moves as the command does: with the open items, and the sessions of the open weeks from the store. */
function move(story: Story, track: string, from: string, site: Site = story.ctx().site) {
  const open = [...story.state.items].filter(([, item]) => isOpenItem(item));
  const result = changeTrack(
    withSessions({ ...story.state, items: new Map(open) }, itemsOf(story.state, "session")),
    { track, from, reason: "Works in the morning now" },
    { ...story.ctx(), actor: caseManager, site },
  );
  if (isRefusal(result)) return result;
  story.state = applyChange(story.state, result, { keepClosed: true });
  return result;
}

/** Everybody's sessions follow the days of the site. */
function follow(story: Story, site: Site): void {
  const sessionSks = itemsOf(story.state, "session").map(({ sk }) => sk);
  const change = followSiteDay(
    story.state,
    { type: "site-day-changed", on: "2027-01-13", sessionSks },
    { ...story.ctx(), site },
  );
  if (change !== undefined) story.state = applyChange(story.state, change, { keepClosed: true });
}

const closed = (hours?: { readonly from: string; readonly to: string }) =>
  buildSite({
    closures: [{ on: "2027-01-13", words: "Snow", ...(hours === undefined ? {} : { hours }) }],
  });
const weekOf = (story: Story) => story.state.episode.weeks[0];

describe("somebody who is moved from the mornings to the evenings", () => {
  it("begins in the mornings, and only there", () => {
    const sks = planned(opened());
    expect(sks.length).toBeGreaterThan(0);
    expect(sks.every((sk) => !sk.endsWith("-evening"))).toBe(true);
  });

  it("comes in the evening from the day on, the days before as they were, with the same hours", () => {
    const story = opened();
    const before = planned(story);
    const hours = story.state.episode.weeks[0]?.expectedMinutes;
    expect(move(story, "evening", "2027-01-13")).not.toHaveProperty("refused");
    const kept = before.filter((sk) => sk < "SESSION#2027-01-13");
    const moved = before.filter((sk) => sk >= "SESSION#2027-01-13").map((sk) => `${sk}-evening`);
    expect(planned(story)).toEqual([...kept, ...moved].toSorted());
    expect(weekOf(story)).toMatchObject({ expectedMinutes: hours, isFullWeek: true });
    expect(trackOn(program, story.state.episode, "2027-01-12")).toBe("morning");
    expect(trackOn(program, story.state.episode, "2027-01-20")).toBe("evening");
  });

  it("stays in the session that has begun", () => {
    const story = opened();
    const [first] = planned(story);
    story.now = "2027-01-11T14:30:00.000Z";
    move(story, "evening", "2027-01-11");
    expect(planned(story)).toContain(first);
    expect(planned(story).filter((sk) => !sk.endsWith("-evening"))).toEqual([first]);
  });

  it("is told when the first evening is, once, and not reminded of mornings", () => {
    const story = opened();
    move(story, "evening", "2027-01-13");
    const messages = itemsOf(story.state, "message").filter(({ status }) => status === "PLANNED");
    const notices = messages.filter(({ step }) => step === "session-booked");
    expect(notices.map(({ aboutAt }) => aboutAt)).toEqual(["2027-01-13T22:30:00.000Z"]);
    const ofMorning = itemsOf(story.state, "session").filter(
      ({ status, sk }) => status === "cancelled" && !sk.endsWith("-evening"),
    );
    for (const { sessionId } of ofMorning)
      expect(messages.some(({ occurrence }) => occurrence.startsWith(sessionId))).toBe(false);
  });

  it("is in the evenings alone when a closed day is opened again, in a week that is full", () => {
    const story = opened();
    const before = weekOf(story);
    follow(story, closed());
    move(story, "evening", "2027-01-13", closed());
    expect(weekOf(story)).toMatchObject({
      isFullWeek: false,
      closed: { minutes: 180, isFullOtherwise: true },
    });
    follow(story, buildSite());
    expect(planned(story).filter((sk) => sk >= "SESSION#2027-01-13")).toEqual([
      "SESSION#2027-01-13#wed-skills-evening",
      "SESSION#2027-01-14#thu-individual-evening",
    ]);
    expect(weekOf(story)).toEqual(before);
  });

  it("is in a full week where the morning was closed and the evening is held", () => {
    const story = opened();
    const before = weekOf(story);
    const site = closed({ from: "06:00", to: "13:00" });
    follow(story, site);
    expect(weekOf(story)?.isFullWeek).toBe(false);
    move(story, "evening", "2027-01-13", site);
    expect(weekOf(story)).toEqual(before);
  });

  it("is in a part week where the new track has fewer hours left in it", () => {
    const story = opened();
    story.passTo("2027-01-14T15:00:00.000Z");
    move(story, "evening", "2027-01-14");
    move(story, "morning", "2027-01-14");
    expect(weekOf(story)?.isFullWeek).toBe(false);
  });

  it("and back again, is where they were", () => {
    const story = opened();
    const before = planned(story);
    const weeks = story.state.episode.weeks[0]?.expectedMinutes;
    move(story, "evening", "2027-01-13");
    move(story, "morning", "2027-01-13");
    expect(planned(story)).toEqual(before);
    expect(story.state.episode.weeks[0]?.expectedMinutes).toBe(weeks);
  });

  it("has the other track's groups as make-up places", () => {
    const story = opened();
    const sessions = itemsOf(story.state, "session");
    const places = makeUpPlaces({ ...story.ctx(), program }, sessions, "2027-01-11");
    expect(places.length).toBeGreaterThan(0);
    expect(places.every(({ slot }) => slot.track === "evening")).toBe(true);
  });

  it("is refused at the time of a visit of their own, into no track, into the same one, and in the past", () => {
    const story = opened();
    const ctx = { ...story.ctx(), actor: caseManager };
    const booked = bookVisits(
      story.state,
      {
        modality: "individual",
        on: "2027-01-13",
        startTime: "18:00",
        durationMinutes: 50,
        leaderId: "avery",
      },
      ctx,
      { timetables: [], bookings: () => [] },
    );
    if (isRefusal(booked)) throw new Error(booked.sentence);
    story.state = applyChange(story.state, booked.change, { keepClosed: true });
    expect(move(story, "evening", "2027-01-13")).toMatchObject({
      refused: "not-now",
      sentence: expect.stringContaining("another visit, at 18:00"),
    });
    expect(move(story, "night", "2027-01-13")).toMatchObject({
      sentence: expect.stringContaining("Choose one of: Mornings, Evenings."),
    });
    expect(move(story, "morning", "2027-01-13")).toMatchObject({ refused: "not-now" });
    expect(move(story, "evening", "2027-01-10")).toMatchObject({ refused: "invalid" });
  });
});
