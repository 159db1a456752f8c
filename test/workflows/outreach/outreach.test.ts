import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { AttendanceStatus } from "../../../shared/care/episode/attendance-status.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import {
  type AttendanceInput,
  recordAttendance,
} from "../../../workflows/weekly-program/record-attendance.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  caseManager,
} from "../../builders/state.ts";
import { act, itemsOf, openTasks, review } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** Ten minutes into the Monday group. */
const tenPast = "2027-01-11T14:10:00.000Z";
const session: Session = {
  kind: "session",
  sk: "SESSION#2027-01-11#mon-group",
  version: 1,
  sessionId: "session-1",
  groupSessionId: "riverside:adult-iop:2027-01-11:mon-group",
  slot: "mon-group",
  week: 2,
  on: "2027-01-11",
  scheduledStartAt: "2027-01-11T14:00:00.000Z",
  scheduledEndAt: "2027-01-11T17:00:00.000Z",
  timeZone: "America/New_York",
  modality: "group",
  counts: true,
  status: "planned",
};

/** The state ten minutes in, with what was entered; nothing for `unmarked`. */
function absence(
  status: AttendanceStatus | "unmarked" = "no-show",
  more: Partial<Episode> = {},
): Story {
  const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2, ...more });
  const story = new Story(buildState(episode, [session]), tenPast);
  if (status === "unmarked") return story;
  return story.command((state, ctx) =>
    recordAttendance(state, session, entered(status, ctx.now), ctx),
  );
}

/** An entry as staff make it: late and left early with the hour. */
function entered(status: AttendanceStatus, now: string): AttendanceInput {
  return {
    status,
    ...(status === "late" ? { arrivedAt: now } : {}),
    ...(status === "left-early" ? { leftAt: now } : {}),
  };
}

function ladderOf(story: Story): Outreach {
  const [ladder, ...others] = itemsOf(story.state, "outreach");
  if (ladder === undefined || others.length > 0) throw new Error("There is not one ladder");
  return ladder;
}

function rungs(story: Story): string[] {
  return openTasks(story.state, "outreach-call").map((task) => String(task.evidence.rung));
}

describe("a missed session", () => {
  it.each(["present", "late", "left-early", "excused", "on-the-way", "unmarked"] as const)(
    "is none when %s: no ladder and no message",
    (status) => {
      const story = absence(status).passHours(48);
      expect(itemsOf(story.state, "outreach")).toEqual([]);
      expect(itemsOf(story.state, "message")).toEqual([]);
    },
  );

  it("entered by a person starts the ladder: a text, a call, a clinician's decision", () => {
    const story = absence();
    expect(itemsOf(story.state, "message")).toEqual([]);
    story.passMinutes(15);
    expect(itemsOf(story.state, "message")).toMatchObject([
      { step: "missed-session", channel: "sms", status: "ACCEPTED" },
    ]);
    story.passMinutes(44);
    expect(rungs(story)).toEqual([]);
    story.passMinutes(1);
    expect(rungs(story)).toEqual(["first-call"]);
    story.passMinutes(120);
    // The decision takes the place of the call that nobody made, and says so.
    expect(rungs(story)).toEqual(["welfare-decision"]);
    expect(openTasks(story.state, "outreach-call")[0]).toMatchObject({
      assignedFunction: "clinician",
      priority: "urgent",
      words: expect.stringMatching(/^The step before this one was not done\./),
    });
  });

  it("counts its rungs in staffed minutes: those of an evening come in the morning", () => {
    const late = {
      ...session,
      scheduledStartAt: "2027-01-11T22:00:00.000Z",
      scheduledEndAt: "2027-01-12T01:00:00.000Z",
    };
    const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });
    const story = new Story(buildState(episode, [late]), "2027-01-11T22:50:00.000Z");
    // By then the group leader was asked for it, which stands on the session.
    const [asked = late] = itemsOf(story.state, "session");
    story.command((state, ctx) => recordAttendance(state, asked, { status: "no-show" }, ctx));
    // Staffed until 18:00 and from 08:00: the text of 15 minutes waits for the morning.
    story.passTo("2027-01-12T12:59:00.000Z");
    expect(itemsOf(story.state, "message")).toEqual([]);
    story.passTo("2027-01-12T15:00:00.000Z");
    expect(itemsOf(story.state, "message")).toHaveLength(1);
  });

  it("counts every further rung in staffed minutes, too: none comes at night", () => {
    const late = {
      ...session,
      scheduledStartAt: "2027-01-11T21:00:00.000Z",
      scheduledEndAt: "2027-01-12T00:00:00.000Z",
    };
    const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });
    // 16:50, staffed until 18:00: the text after 15 minutes, the call after 45 more.
    const story = new Story(buildState(episode, [late]), "2027-01-11T21:50:00.000Z");
    const [asked = late] = itemsOf(story.state, "session");
    story.command((state, ctx) => recordAttendance(state, asked, { status: "no-show" }, ctx));
    story.passTo("2027-01-11T22:50:00.000Z");
    expect(rungs(story)).toEqual(["first-call"]);
    // Ten of the next rung's 120 minutes are left today, and 110 are over at 09:50 tomorrow.
    story.passTo("2027-01-12T14:49:00.000Z");
    expect(rungs(story)).toEqual(["first-call"]);
    story.passTo("2027-01-12T14:50:00.000Z");
    expect(rungs(story)).toEqual(["welfare-decision"]);
    const welfare = openTasks(story.state, "outreach-call")[0];
    // Two staffed hours from then.
    expect(welfare?.dueAt).toBe("2027-01-12T16:50:00.000Z");
  });

  it("has one key whoever records it: two people who enter it at once start one ladder", () => {
    const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });
    const state = buildState(episode, [session]);
    const ladders = [tenPast, "2027-01-11T14:12:00.000Z"].map((now) => {
      const ctx = buildContext({ now, actor: caseManager });
      const change = recordAttendance(state, session, { status: "no-show" }, ctx);
      if (isRefusal(change)) throw new Error(change.sentence);
      return change.puts.flatMap(({ item, expects }) =>
        item.kind === "outreach" ? [[item.sk, expects]] : [],
      );
    });
    expect(ladders[0]).toHaveLength(1);
    expect(ladders[1]).toEqual(ladders[0]);
    expect(ladders[0]?.[0]?.[1]).toBe("absent");
  });

  it("is called about where no text may be sent", () => {
    const reach = { sms: { contactPointId: "cp-sms", kind: "shared" } } as const;
    const story = absence("no-show", { reach }).passMinutes(15);
    expect(itemsOf(story.state, "message")).toEqual([]);
    expect(story.task("outreach-call").words).toContain("No message may be sent. Call the person");
  });

  it("ends with the person reached: what is left of the ladder is not needed", () => {
    const story = absence().passMinutes(60).finish("outreach-call", "reached");
    expect(ladderOf(story)).toMatchObject({ status: "reached", outcome: "reached" });
    expect(itemsOf(story.state, "driver")[0]?.status).toBe("done");
    expect(openTasks(story.passHours(48).state)).toEqual([]);
  });

  it("ends with a correction: nobody was missing", () => {
    const story = absence().passMinutes(60);
    const entered = story.state.items.get(session.sk);
    if (entered?.kind !== "session") throw new Error("There is no such session");
    story.command((state, ctx) =>
      recordAttendance(state, entered, { status: "present", reason: "Came in late" }, ctx),
    );
    expect(ladderOf(story)).toMatchObject({ status: "withdrawn", outcome: "attendance-corrected" });
    expect(openTasks(story.state, "outreach-call")).toEqual([]);
  });

  it("that nobody answers becomes a decision, and never ends by itself", () => {
    const story = absence().passHours(24);
    while (openTasks(story.state, "outreach-call").length > 0) {
      const [task] = openTasks(story.state, "outreach-call");
      const outcome =
        task?.evidence.rung === "welfare-decision" ? "no-check-needed" : "not-reached";
      story.command((state, ctx) => completeTask(state, { taskSk: task?.sk ?? "", outcome }, ctx));
    }
    story.passHours(24);
    expect(ladderOf(story).status).toBe("decision-needed");
    expect(story.task("outreach-decision").words).toContain("Decide what happens");
    story.passHours(30 * 24);
    expect(ladderOf(story).status).toBe("decision-needed");
    expect(openTasks(story.state, "outreach-decision")).toHaveLength(1);
    expect(story.state.episode.status).toBe("active");
  });

  it("may be climbed again, rung by rung, with a new text", () => {
    const story = absence().passHours(48).finish("outreach-decision", "continue");
    expect(ladderOf(story)).toMatchObject({ status: "climbing", round: 2, nextRung: 0 });
    story.passHours(48);
    expect(itemsOf(story.state, "message")).toHaveLength(2);
    expect(openTasks(story.state, "outreach-decision")).toHaveLength(1);
  });
});

describe("the steps of a ladder", () => {
  const run = buildRun("outreach", "nobody");

  it("do nothing without a ladder, or twice", () => {
    const story = absence();
    for (const step of ["climb", "ask-for-decision"])
      expect(act(story.state, run, step, story.ctx()).change).toBeUndefined();
    expect(review(story.state, run, "review-ladder", story.ctx()).outcome).toBe("reached");
    const own = itemsOf(story.state, "driver")[0];
    if (own === undefined) throw new Error("There is no driver");
    // The first rung is not due yet.
    expect(act(story.state, own, "climb", story.ctx()).change).toBeUndefined();
  });

  it("name the release that a call to somebody else needs", () => {
    const program = absence().program;
    const [rung] = program.outreach.missedSession;
    if (rung === undefined) throw new Error("There is no rung");
    const missedSession = [{ ...rung, rung: "contact-person", action: "contact-person" } as const];
    const episode = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });
    const story = new Story(buildState(episode, [session]), tenPast, {
      program: { ...program, outreach: { ...program.outreach, missedSession } },
    });
    story.command((state, ctx) => recordAttendance(state, session, { status: "no-show" }, ctx));
    story.passMinutes(15);
    expect(story.task("outreach-call").words).toContain("Only with a live release");
  });
});
