import { describe, expect, it } from "vitest";
import type { AttendanceStatus } from "../../../shared/care/episode/attendance-status.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { recordAttendance } from "../../../workflows/weekly-program/record-attendance.ts";
import { endLeave } from "../../../workflows/weekly-program/resume-episode.ts";
import { startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { buildSite } from "../../builders/program.ts";
import { runOf } from "../../builders/run-pathway.ts";
import { buildEpisode, buildRun, buildState } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** The Monday of week one, before its first session. */
const mondayMorning = "2027-01-11T13:00:00.000Z";

function program(week = 1, more: Partial<Episode> = {}, site = buildSite()): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2027-01-08",
    week,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
    ...more,
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w${week}`, {
    data: { week, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning, { site });
}

function sessions(story: Story): Session[] {
  return itemsOf(story.state, "session");
}

function attend(story: Story, index: number, status: AttendanceStatus): Story {
  const session = sessions(story)[index];
  if (session === undefined) throw new Error("There is no such session");
  return story.command((state, ctx) => recordAttendance(state, session, { status }, ctx));
}

describe("a leave in the middle of the program", () => {
  const leave = {
    kind: "vacation",
    contactKeptBy: "casey",
    expectedReturnOn: "2027-01-27",
    reason: "Travels",
  } as const;

  it("waits, costs no program week, and goes on with the week of the return", () => {
    const story = program(2).command((state, ctx) => startLeave(state, leave, ctx));
    story.passTo("2027-01-27T13:00:00.000Z");
    expect(story.state.episode).toMatchObject({ status: "onhold", week: 2 });
    story.command((state, ctx) => endLeave(state, { reason: "Back" }, ctx));
    expect(story.state.episode).toMatchObject({ status: "active", week: 3 });
    expect(runOf(story.state, "weekly-program").data).toEqual({
      week: 3,
      startsOn: "2027-01-25",
    });
    const planned = sessions(story).filter((session) => session.week === 3);
    expect(planned.map((session) => session.on)).toEqual(["2027-01-27", "2027-01-28"]);
  });

  it("opens the week without the days until the return", () => {
    const hold = { kind: "family", since: mondayMorning, contactKeptBy: "casey" };
    const story = program(2, {
      status: "onhold",
      hold: { ...hold, expectedReturnOn: "2027-01-14" },
    });
    expect(sessions(story).map((session) => session.on)).toEqual(["2027-01-14"]);
    expect(story.state.episode.weeks[0]).toMatchObject({ isFullWeek: false });
    expect(sessions(program(2, { status: "onhold", hold }))).toEqual([]);
  });
});

it("goes on with the week that is under way while a discharge is planned", () => {
  const story = program(2).command((state, ctx) =>
    transition(state, { to: "discharge", disposition: "moved", reason: "Moves away" }, ctx),
  );
  story.passTo("2027-01-11T14:20:00.000Z");
  expect(openTasks(story.state, "mark-attendance")).toHaveLength(1);
  attend(story, 0, "present");
  story.passTo("2027-01-18T13:00:00.000Z");
  expect(story.state.episode.weeks[0]?.closedAt).toBeDefined();
  expect(itemsOf(story.state, "driver").filter((one) => one.status !== "done")).toMatchObject([
    { workflow: "discharge" },
  ]);
});
