// Long because one life of weeks is told from its opening to the last decision.
import { describe, expect, it } from "vitest";
import type { AttendanceStatus } from "../../../shared/care/episode/attendance-status.ts";
import type { Episode, ScoreEntry } from "../../../shared/care/episode/episode.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { recordAttendance } from "../../../workflows/weekly-program/record-attendance.ts";
import { buildSite } from "../../builders/program.ts";
import { runOf } from "../../builders/run-pathway.ts";
import { buildEpisode, buildRun, buildState } from "../../builders/state.ts";
import { act, itemsOf, openTasks, review } from "../../builders/steps.ts";
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

/** Marks every session of the week ten minutes in, and lets the week end. */
function liveWeek(story: Story, statuses: readonly AttendanceStatus[]): Story {
  const week = story.state.episode.week ?? 1;
  const own = () =>
    sessions(story).filter((session) => session.week === week && session.status !== "cancelled");
  for (const [index, status] of statuses.entries()) {
    const session = own()[index];
    if (session === undefined) throw new Error("There is no such session");
    story.passTo(session.scheduledStartAt).passMinutes(10);
    story.command((state, ctx) => recordAttendance(state, session, { status }, ctx));
  }
  const monday = new Date(Date.parse(mondayMorning) + 7 * 86_400_000).toISOString();
  return story.passTo(monday);
}

describe("the opening of a week", () => {
  it("plans its sessions, reminders, text and hours", () => {
    const story = program();
    expect(sessions(story).map((session) => session.slot)).toEqual([
      "mon-group",
      "wed-skills",
      "thu-individual",
    ]);
    expect(story.state.episode.weeks).toMatchObject([
      { week: 1, startsOn: "2027-01-11", expectedMinutes: 540, isFullWeek: true },
    ]);
    const steps = itemsOf(story.state, "message").map((message) => message.step);
    expect(steps.filter((step) => step === "session-reminder").length).toBeGreaterThan(1);
    expect(steps).toContain("weekly-text");
    // What was answered at intake a few days ago is not asked again.
    expect(itemsOf(story.state, "form")).toEqual([]);
  });

  it("asks for the measures that are due, in later weeks too", () => {
    const story = program(3);
    expect(itemsOf(story.state, "form")).toMatchObject([
      { occasion: "w3", instruments: ["phq-9", "gad-7"], status: "asked" },
    ]);
    expect(itemsOf(program(2).state, "form")).toEqual([]);
  });

  it("has measures taken at a visit where nobody may be written to", () => {
    const story = program(3, { consents: { sms: {}, email: {}, voicemail: false } });
    expect(story.task("channel-needed")).toMatchObject({ assignedFunction: "group-leader" });
  });

  it("reminds after week one only those who missed in the last 14 days", () => {
    const reminders = (story: Story) =>
      itemsOf(story.state, "message").filter((message) => message.step === "session-reminder");
    expect(reminders(program(2))).toEqual([]);
    expect(
      reminders(program(2, { lastNoShowAt: "2027-01-01T14:00:00.000Z" })).length,
    ).toBeGreaterThan(1);
    expect(reminders(program(2, { lastNoShowAt: "2026-12-20T14:00:00.000Z" }))).toEqual([]);
  });

  it("leaves out days on which the site is closed: a part week", () => {
    const site = { ...buildSite(), closures: [{ on: "2027-01-13", words: "Training" }] };
    const story = program(1, {}, site);
    expect(sessions(story).map(({ status }) => status)).toEqual([
      "planned",
      "cancelled",
      "planned",
    ]);
    expect(story.state.episode.weeks[0]).toMatchObject({ expectedMinutes: 360, isFullWeek: false });
  });

  it("stops where the participant is not in the program any more", () => {
    const story = program(1, { status: "withdrawn" });
    expect(itemsOf(story.state, "driver")[0]?.status).toBe("done");
    const run = buildRun("weekly-program", "w1");
    for (const step of ["propose", "open-week"])
      expect(act(story.state, run, step, story.ctx()).outcome).toBe("stop");
    for (const step of [
      "start-next-week",
      "start-discharge",
      "close-week",
      "escalate-week-decision",
    ])
      expect(act(story.state, run, step, story.ctx()).change).toBeUndefined();
    for (const step of ["review-week", "review-proposal"])
      expect(review(story.state, run, step, story.ctx()).outcome).toBe("stop");
  });
});

describe("attendance that nobody has marked", () => {
  it("is asked of the group leader 20 minutes in, of the site lead at 45; never of the participant", () => {
    const story = program().passTo("2027-01-11T14:19:00.000Z");
    expect(openTasks(story.state, "mark-attendance")).toEqual([]);
    story.passTo("2027-01-11T14:20:00.000Z");
    expect(story.task("mark-attendance").assignedFunction).toBe("group-leader");
    story.passTo("2027-01-11T14:45:00.000Z");
    expect(story.task("mark-attendance")).toMatchObject({
      assignedFunction: "site-lead",
      priority: "urgent",
    });
    expect(itemsOf(story.state, "outreach")).toEqual([]);
    attend(story, 0, "present");
    expect(openTasks(story.state, "mark-attendance")).toEqual([]);
  });

  it("is asked again at the end of a session to which somebody was on the way", () => {
    const story = attend(program().passTo("2027-01-11T14:05:00.000Z"), 0, "on-the-way");
    story.passTo("2027-01-11T16:00:00.000Z");
    expect(openTasks(story.state, "mark-attendance")).toEqual([]);
    story.passTo("2027-01-11T17:00:00.000Z");
    expect(story.task("mark-attendance").sk).toContain("-arrived");
  });

  it("is asked once more, however often somebody is said to be on the way", () => {
    const story = attend(program().passTo("2027-01-11T14:05:00.000Z"), 0, "on-the-way");
    attend(story.passTo("2027-01-11T17:30:00.000Z"), 0, "on-the-way");
    expect(openTasks(story.passHours(20).state, "mark-attendance")).toEqual([]);
    expect(openTasks(story.passHours(7 * 24).state, "hours-review")[0]?.words).toContain(
      "not marked yet",
    );
  });

  it("is no question after the session was found not to be held", () => {
    const story = program()
      .passTo("2027-01-11T14:30:00.000Z")
      .finish("mark-attendance", "not-held");
    expect(story.state.episode.weeks[0]).toMatchObject({ expectedMinutes: 360, isFullWeek: false });
    expect(openTasks(story.passHours(4).state, "mark-attendance")).toEqual([]);
  });
});

describe("the end of a week", () => {
  it("goes on to the next week without asking anybody", () => {
    const story = liveWeek(program(), ["present", "present", "present"]);
    expect(story.state.episode).toMatchObject({
      week: 2,
      weeks: [{ attendedMinutes: 540 }, { week: 2, startsOn: "2027-01-18" }],
    });
    expect(openTasks(story.state)).toEqual([]);
    expect(runOf(story.state, "weekly-program").data).toEqual({
      week: 2,
      startsOn: "2027-01-18",
    });
  });

  it("has somebody look at a full week with too few hours", () => {
    const story = liveWeek(program(), ["present", "excused", "present"]);
    expect(story.task("hours-review")).toMatchObject({
      evidence: { attendedMinutes: 360, expectedMinutes: 540, minimumMinutes: 540 },
    });
  });

  it("says how many sessions are still unmarked", () => {
    const two = liveWeek(program(), ["present"]);
    expect(two.task("hours-review").words).toContain("2 sessions are not marked yet.");
    const one = liveWeek(program(), ["present", "present"]);
    expect(one.task("hours-review").words).toContain("1 session is not marked yet.");
  });

  it("raises no alarm about a part week", () => {
    const site = { ...buildSite(), closures: [{ on: "2027-01-13", words: "Training" }] };
    expect(openTasks(liveWeek(program(1, {}, site), ["present", "present"]).state)).toEqual([]);
  });

  it("ends a request for measures that nobody answered", () => {
    const story = liveWeek(program(3), ["present", "present", "present"]);
    expect(itemsOf(story.state, "form").map((form) => form.status)).toEqual(["ended"]);
  });
});

describe("the proposal at the end of a week", () => {
  const all = ["present", "present", "present"] as const;

  it("is discharge from the planned last week on, and a person decides", () => {
    const story = liveWeek(program(6), all);
    expect(story.task("week-review-approval")).toMatchObject({
      proposal: "discharge",
      words: "Week 6 of 6 planned weeks is over. Plan the discharge, or go on for another week?",
      evidence: { attendedHours: 9, week: 6 },
    });
    story.decide("week-review-approval");
    expect(story.state.episode).toMatchObject({
      status: "discharge-planning",
      disposition: "completed",
    });
    expect(openTasks(story.state, "discharge-checklist").length).toBeGreaterThan(0);
  });

  it.each([
    ["rejected", undefined],
    ["approved", "continue"],
    ["approved", "extend"],
  ] as const)("goes on with the program when %s (%s)", (decision, choice) => {
    const story = liveWeek(program(6), all).decide("week-review-approval", decision, choice);
    expect(story.state.episode).toMatchObject({ status: "active", week: 7 });
  });

  it("never discharges by a number of weeks", () => {
    const story = liveWeek(program(8), all);
    expect(story.task("week-review-approval").words).toContain("the last one the program allows");
    story.decide("week-review-approval", "rejected");
    expect(story.state.episode).toMatchObject({ status: "active", week: 9 });
  });

  it.each([
    ["step-up", "transfer-up"],
    ["step-down", "transfer-down"],
  ])("may be answered by %s", (choice, disposition) => {
    const story = liveWeek(program(6), all).decide("week-review-approval", "approved", choice);
    expect(story.state.episode.disposition).toBe(disposition);
  });

  it("is a step up after the second severe PHQ-9", () => {
    const score = (total: number, occasion: string): ScoreEntry => ({
      instrumentId: "phq-9",
      scoredAt: mondayMorning,
      total,
      band: "severe",
      positive: true,
      occasion,
    });
    const once = liveWeek(program(3, { scores: [score(12, "intake"), score(21, "w3")] }), all);
    expect(openTasks(once.state, "week-review-approval")).toEqual([]);
    const scores = [score(21, "w1"), score(20, "w3")];
    const story = liveWeek(program(3, { scores }), all);
    expect(story.task("week-review-approval")).toMatchObject({
      proposal: "step-up",
      evidence: { "phq-9": expect.stringContaining("PHQ-9 21 at baseline") },
    });
    expect(story.decide("week-review-approval").state.episode.disposition).toBe("transfer-up");
    const risen = [score(8, "intake"), score(14, "w1"), score(9, "w2"), score(15, "w3")];
    expect(liveWeek(program(3, { scores: risen }), all).task("week-review-approval").proposal).toBe(
      "step-up",
    );
  });

  it("puts who is not on track by the fourth week before the case manager, once, in words", () => {
    const entry = (total: number, at: string): ScoreEntry => ({
      instrumentId: "phq-9",
      scoredAt: at,
      total,
      band: "moderate",
      positive: true,
      occasion: at,
    });
    const before = entry(15, "2027-01-06T17:00:00.000Z");
    const late = (total: number) => [before, entry(total, "2027-01-13T17:00:00.000Z")];
    const story = liveWeek(program(4, { scores: late(14) }), all);
    const [review, ...more] = openTasks(story.state, "progress-review");
    expect(more).toEqual([]);
    expect(review).toMatchObject({ assignedFunction: "case-manager", status: "open" });
    expect(review?.words).toContain("Not on track: less than 20 % lower by week 4.");
    expect(
      openTasks(liveWeek(program(4, { scores: [before] }), all).state, "progress-review")[0],
    ).toHaveProperty("words", expect.stringContaining("not measured again"));
    for (const [week, total] of [
      [4, 12],
      [3, 14],
    ] as const)
      expect(
        openTasks(liveWeek(program(week, { scores: late(total) }), all).state, "progress-review"),
      ).toEqual([]);
  });

  it("goes on to who decides next, and waits for a person however long", () => {
    const story = liveWeek(program(6), all).passHours(25);
    expect(story.task("week-review-approval").assignedFunction).toBe("clinical-lead");
    story.passHours(14 * 24);
    expect(story.state.episode.status).toBe("active");
    const run = runOf(story.state, "weekly-program");
    const early = act(story.state, run, "escalate-week-decision", story.ctx());
    expect(early.change).toBeUndefined();
  });
});
