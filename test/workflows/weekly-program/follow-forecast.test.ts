import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { WeekHours } from "../../../shared/care/episode/episode.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { findTask } from "../../../shared/care/tasks/open-task.ts";
import { bookVisits } from "../../../workflows/weekly-program/book-visit.ts";
import { changeVisit } from "../../../workflows/weekly-program/change-visit.ts";
import { followForecast } from "../../../workflows/weekly-program/follow-forecast.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildState,
  caseManager,
} from "../../builders/state.ts";

const week: WeekHours = {
  week: 2,
  startsOn: "2027-01-11",
  expectedMinutes: 660,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};

function session(on: string, from: string, to: string, fields: Partial<Session> = {}): Session {
  return buildSession({
    sk: `SESSION#${on}#${from}`,
    sessionId: `${on}-${from}`,
    week: 2,
    on,
    scheduledStartAt: `${on}T${from}:00.000Z`,
    scheduledEndAt: `${on}T${to}:00.000Z`,
    counts: true,
    status: "planned",
    ...fields,
  });
}

/** A week of two long days and one short one, eleven hours, looked at on a Tuesday at noon. */
function look(
  missed: readonly string[],
  fields: Partial<WeekHours> = {},
  now = "2027-01-12T17:00:00.000Z",
) {
  const sessions = [
    session("2027-01-11", "14:00", "18:00"),
    session("2027-01-12", "14:00", "18:00"),
    session("2027-01-14", "14:00", "17:00"),
  ].map((one) => (missed.includes(one.on) ? { ...one, status: "closed" as const } : one));
  const state = buildState(
    buildEpisode({ status: "active", week: 2, weeks: [{ ...week, ...fields }] }),
    sessions,
  );
  const ctx = buildContext({ now, program: buildProgram(), site: buildSite() });
  const draft = new Draft(state, ctx);
  followForecast(draft, ctx, 2);
  return { draft, ctx, task: findTask(draft, "hours-forecast", "w2") };
}

describe("a week that will not reach the least hours", () => {
  it("is put before the case manager by Wednesday noon, with what is left of it", () => {
    const { task } = look(["2027-01-12"]);
    expect(task).toMatchObject({
      status: "open",
      dueAt: "2027-01-13T17:00:00.000Z",
      words: expect.stringContaining("week 2 has 7 h of at least 9 h"),
    });
  });

  it("is due within half a staffed day where Wednesday noon has passed", () => {
    expect(look(["2027-01-12"], {}, "2027-01-13T18:00:00.000Z").task?.dueAt).toBe(
      "2027-01-13T22:00:00.000Z",
    );
  });

  it("is nobody's work in a part week, where nothing was missed, or when the week is over", () => {
    expect(look(["2027-01-12"], { isFullWeek: false }).task).toBeUndefined();
    expect(look([]).task).toBeUndefined();
    expect(look(["2027-01-12"], {}, "2027-01-17T18:00:00.000Z").task).toBeUndefined();
  });

  it("is taken back when the hours are there after all", () => {
    const { draft, ctx } = look(["2027-01-12"]);
    draft.set({ weeks: [{ ...week, attendedMinutes: 240 }] });
    followForecast(draft, ctx, 2);
    expect(findTask(draft, "hours-forecast", "w2")?.status).toBe("cancelled");
  });

  it("is asked again when the hours are short once more", () => {
    const { draft, ctx } = look(["2027-01-12"]);
    draft.set({ weeks: [{ ...week, attendedMinutes: 240 }] });
    followForecast(draft, ctx, 2);
    draft.set({ weeks: [week] });
    followForecast(draft, ctx, 2);
    expect(findTask(draft, "hours-forecast", "w2")).toMatchObject({
      status: "open",
      words: expect.stringContaining("week 2 has 7 h of at least 9 h"),
    });
  });

  it("stays with what somebody has agreed about it", () => {
    const { draft, ctx, task } = look(["2027-01-12"]);
    if (task === undefined) throw new Error("There is no task");
    draft.replace(task, { status: "done" });
    followForecast(draft, ctx, 2);
    expect(findTask(draft, "hours-forecast", "w2")?.status).toBe("done");
  });

  it("ends with the visit that is booked to make up for it", () => {
    const { draft, ctx } = look(["2027-01-12"]);
    const looked = { timetables: [], bookings: () => [] };
    const byStaff = { ...ctx, actor: caseManager };
    const booked = bookVisits(
      draft.state,
      {
        modality: "individual",
        on: "2027-01-15",
        startTime: "13:00",
        durationMinutes: 120,
        leaderId: "avery",
      },
      byStaff,
      looked,
    );
    if (isRefusal(booked)) throw new Error(booked.sentence);
    const after = applyChange(draft.state, booked.change, { keepClosed: true });
    const task = [...after.items.values()].find(
      (item) => item.kind === "task" && item.taskKind === "hours-forecast",
    );
    expect(task).toMatchObject({ status: "cancelled" });
    const [visit] = booked.visits;
    if (visit === undefined) throw new Error("No visit was booked");
    const off = changeVisit(
      after,
      visit.sk,
      { andFollowing: false, isCancelled: true, reason: "Cannot come" },
      byStaff,
      looked,
    );
    if (isRefusal(off)) throw new Error(off.sentence);
    const now = applyChange(after, off.change, { keepClosed: true });
    // The week has become shorter by a cancelled visit, which is no reason of the person's.
    expect(now.episode.weeks[0]?.isFullWeek).toBe(false);
  });
});
