import { describe, expect, it } from "vitest";
import type { AttendanceStatus } from "../../../shared/care/episode/attendance-status.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { recordAttendance } from "../../../workflows/weekly-program/record-attendance.ts";
import { endLeave } from "../../../workflows/weekly-program/resume-episode.ts";
import { startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import { runOf } from "../../builders/run-pathway.ts";
import { buildEpisode, buildRun, buildState, buildTask } from "../../builders/state.ts";
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

it("takes a screen whose day is still to come off the list: whoever is away then is not asked", () => {
  const screen = buildTask({
    sk: "TASK#screen-due#drug-screen-w2",
    taskKind: "screen-due",
    snoozedUntil: "2027-01-14T05:00:00.000Z",
  });
  const shown = buildTask({ sk: "TASK#screen-due#suicide-screen-w2", taskKind: "screen-due" });
  const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });
  const story = new Story(buildState(episode, [screen, shown]), mondayMorning);
  story.command((state, ctx) =>
    startLeave(state, { kind: "family", contactKeptBy: "casey", reason: "Travels" }, ctx),
  );
  expect(
    openTasks(story.state).flatMap(({ taskKind, sk }) => (taskKind === "screen-due" ? [sk] : [])),
  ).toEqual([shown.sk]);
});

describe("services that are due", () => {
  const services = {
    due: [
      {
        service: "individual",
        state: "done",
        withinDays: 7,
        repeats: true,
        assignTo: "clinician",
      },
    ],
  } as const;
  const away = { kind: "vacation", contactKeptBy: "casey", reason: "Travels" } as const;
  const asked = (story: Story) =>
    openTasks(story.state).filter(({ taskKind }) => taskKind === "service-due");

  it("are nobody's work while somebody is on leave, and are when they are back", () => {
    const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });
    const run = buildRun("weekly-program", `${episode.episodeId}-w2`, {
      data: { week: 2, startsOn: "2027-01-11" },
    });
    const story = new Story(buildState(episode, [run]), mondayMorning, {
      program: { ...buildProgram(), services },
    });
    expect(asked(story)).toHaveLength(1);
    story.command((state, ctx) => startLeave(state, away, ctx));
    expect(asked(story)).toEqual([]);
    story.passTo("2027-01-20T13:00:00.000Z");
    expect(asked(story)).toEqual([]);
    story.command((state, ctx) => endLeave(state, { reason: "Back" }, ctx));
    expect(asked(story).map(({ sk }) => sk)).toEqual([
      expect.stringContaining("individual-done-2027-01-20"),
    ]);
  });
});
