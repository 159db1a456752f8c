// Long because every entry of attendance stands here beside what it sets off and takes back.

import { describe, expect, it } from "vitest";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { attendanceStatuses } from "../../../shared/care/episode/attendance-status.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import type { AttendanceInput } from "../../../workflows/weekly-program/record-attendance.ts";
import { buildSession, endAt, inProgram, mark, startAt } from "../../builders/attendance.ts";
import { buildProgram } from "../../builders/program.ts";
import { fc } from "../../builders/properties.ts";
import { buildState, buildTask, putsOf, systemActor } from "../../builders/state.ts";
import { openTasks } from "../../builders/steps.ts";

/** An entry as staff make it: late and left early with the hour. */
function entered(status: AttendanceInput["status"]): AttendanceInput {
  return {
    status,
    ...(status === "late" ? { arrivedAt: "2027-01-11T14:30:00.000Z" } : {}),
    ...(status === "left-early" ? { leftAt: "2027-01-11T16:00:00.000Z" } : {}),
  };
}

describe("what cannot be so", () => {
  const half = "2027-01-11T13:31:00.000Z";
  it.each([
    ["no-show", half, {}],
    ["late", half, { arrivedAt: "2027-01-11T13:31:00.000Z" }],
    ["left-early", half, { leftAt: "2027-01-11T13:31:00.000Z" }],
  ] as const)("is “%s” before the session has begun", (status, now, times) => {
    const session = buildSession();
    const { refusal } = mark(inProgram([session]), session, { status, ...times }, { now });
    expect(refusal?.sentence).toContain(`The session begins at ${startAt}`);
    expect(
      mark(inProgram([session]), session, { status: "no-show" }, { now: startAt }).refusal,
    ).toBe(undefined);
  });

  it.each(["present", "excused", "on-the-way"] as const)(
    "is said before the session as “%s”, which is so already",
    (status) => {
      const session = buildSession();
      expect(mark(inProgram([session]), session, { status }, { now: half }).refusal).toBe(
        undefined,
      );
    },
  );

  it.each([
    ["late", {}, "Say when the person arrived"],
    ["left-early", {}, "Say when the person left"],
    ["late", { arrivedAt: "2027-01-12T14:30:00.000Z" }, "on the day of the session, 2027-01-11"],
    ["late", { arrivedAt: "2027-01-11T17:00:00.000Z" }, "who arrived then was not in it"],
    ["left-early", { leftAt: "2027-01-11T14:00:00.000Z" }, "who left before was not in it"],
    ["left-early", { leftAt: "2027-01-11T17:10:00.000Z" }, "cannot be later than now"],
  ] as const)("is “%s” with the times %j", (status, times, sentence) => {
    const session = buildSession();
    const { refusal } = mark(inProgram([session]), session, { status, ...times });
    expect(refusal).toMatchObject({ refused: "invalid" });
    expect(refusal?.sentence).toContain(sentence);
  });

  it("is an entry for a day on which the site is closed", () => {
    const session = buildSession({ status: "cancelled", cancelledFor: "site-closed" });
    const { refusal } = mark(inProgram([session]), session, { status: "no-show" });
    expect(refusal?.sentence).toBe("The site is closed on 2027-01-11: nobody was expected.");
  });
});

it("corrected to a missed session brings its service back as work", () => {
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
  const ctx = { program: { ...buildProgram(), services } };
  const session = buildSession({ modality: "individual" });
  const due = ({ state }: ReturnType<typeof mark>) =>
    openTasks(state).filter(({ taskKind }) => taskKind === "service-due");
  const came = mark(inProgram([session]), session, { status: "present" }, ctx);
  expect(due(came)).toEqual([]);
  const items = new Map([...came.state.items, [session.sk, came.session]]);
  const corrected = { status: "no-show", reason: "Another person of that name" } as const;
  const missed = mark({ ...came.state, items }, came.session, corrected, ctx);
  expect(due(missed).map(({ words }) => words)).toEqual([
    expect.stringContaining("Individual sessions: none has taken place"),
  ]);
});

it("keeps what a group with topics was about, of whoever was there", () => {
  const services = {
    due: [],
    topicSeries: [
      {
        series: "skills",
        slot: "mon-group",
        startsOn: "2027-01-04",
        topics: [{ en: "Triggers" }, { en: "Sleep" }],
      },
    ],
  };
  const ctx = { program: { ...buildProgram(), services } };
  const session = buildSession();
  const topicAs = (status: AttendanceInput["status"]) =>
    mark(inProgram([session]), session, entered(status), ctx).session.attendance?.topic;
  expect((["present", "late", "no-show", "excused"] as const).map(topicAs)).toEqual([
    "Sleep",
    "Sleep",
    undefined,
    undefined,
  ]);
});

describe("attendance", () => {
  it("of somebody who came closes the session and starts nothing", () => {
    const session = buildSession();
    const {
      state,
      change,
      session: marked,
    } = mark(inProgram([session]), session, {
      status: "present",
    });
    expect(marked).toMatchObject({
      status: "closed",
      attendance: { attendedMinutes: 180, recordedBy: "casey", corrections: 0 },
    });
    expect([...state.items.values()].some((item) => item.kind === "outreach")).toBe(false);
    expect(change?.projections).toMatchObject([{ kind: "seat", attendance: "present" }]);
  });

  it("starts a ladder only from a no-show, whatever else is entered", () => {
    fc.assert(
      fc.property(fc.constantFrom(...attendanceStatuses), (status) => {
        const session = buildSession();
        const { state } = mark(inProgram([session]), session, entered(status));
        const ladders = [...state.items.values()].filter((item) => item.kind === "outreach");
        expect(ladders).toHaveLength(status === "no-show" ? 1 : 0);
      }),
    );
  });

  it("is entered by a person: the software never says that somebody did not come", () => {
    const session = buildSession();
    const { refusal } = mark(
      inProgram([session]),
      session,
      { status: "no-show" },
      { actor: systemActor },
    );
    expect(refusal).toMatchObject({ refused: "not-allowed" });
  });

  it("of two missed sessions of one day starts one ladder", () => {
    const morning = buildSession();
    const later = buildSession({
      sk: "SESSION#2027-01-11#mon-skills",
      sessionId: "session-2",
      slot: "mon-skills",
    });
    const first = mark(inProgram([morning, later]), morning, { status: "no-show" });
    const second = mark(first.state, later, { status: "no-show" });
    const ladders = [...second.state.items.values()].filter((item) => item.kind === "outreach");
    expect(ladders).toHaveLength(1);
    expect(second.state.episode.lastNoShowAt).toBe(startAt);
  });

  it("of two days entered on the same morning starts two ladders, and remembers the later day", () => {
    const monday = buildSession();
    const tuesday = buildSession({
      sk: "SESSION#2027-01-12#tue-group",
      sessionId: "session-2",
      on: "2027-01-12",
      scheduledStartAt: "2027-01-12T14:00:00.000Z",
      scheduledEndAt: "2027-01-12T17:00:00.000Z",
    });
    const ctx = { now: "2027-01-12T17:05:00.000Z" };
    const one = mark(inProgram([monday, tuesday]), tuesday, { status: "no-show" }, ctx);
    const two = mark(one.state, monday, { status: "no-show" }, ctx);
    const ladders = [...two.state.items.values()].filter((item) => item.kind === "outreach");
    expect(ladders).toHaveLength(2);
    expect(two.state.episode.lastNoShowAt).toBe(tuesday.scheduledStartAt);
  });

  it("of a morning and an evening of one day starts one ladder, although the date changes in UTC", () => {
    const zone = { timeZone: "America/Los_Angeles", on: "2027-01-11" };
    const morning = buildSession({ ...zone, scheduledStartAt: "2027-01-11T17:00:00.000Z" });
    const evening = buildSession({
      ...zone,
      sk: "SESSION#2027-01-11#mon-evening",
      sessionId: "session-2",
      scheduledStartAt: "2027-01-12T01:00:00.000Z",
      scheduledEndAt: "2027-01-12T04:00:00.000Z",
    });
    const one = mark(inProgram([morning, evening]), morning, { status: "no-show" });
    const two = mark(
      one.state,
      evening,
      { status: "no-show" },
      { now: "2027-01-12T01:30:00.000Z" },
    );
    const ladders = [...two.state.items.values()].filter((item) => item.kind === "outreach");
    expect(ladders).toHaveLength(1);
  });

  it("stays open for somebody on the way, without any message", () => {
    const session = buildSession();
    const { state, session: marked } = mark(inProgram([session]), session, {
      status: "on-the-way",
    });
    expect(marked.status).toBe("planned");
    const arrived = mark(state, marked, {
      status: "late",
      arrivedAt: "2027-01-11T14:30:00.000Z",
    });
    expect(arrived.session.attendance).toMatchObject({ attendedMinutes: 150, corrections: 0 });
  });

  it("corrected within 30 days withdraws the ladder it started and says who corrected it", () => {
    const session = buildSession();
    const missed = mark(inProgram([session]), session, { status: "no-show" });
    const items = new Map([...missed.state.items, [session.sk, missed.session] as const]);
    const withSession = { ...missed.state, items };
    const corrected = mark(withSession, missed.session, {
      status: "present",
      reason: "Sat in the other room.",
    });
    const ladder = Object.values(putsOf(corrected.change)).find((item) => item.kind === "outreach");
    expect(ladder).toMatchObject({ status: "withdrawn", outcome: "attendance-corrected" });
    expect(corrected.session.attendance?.corrections).toBe(1);
    expect(corrected.change?.audit).toMatchObject({
      action: "attendance-corrected",
      reason: "Sat in the other room.",
      facts: { before: "no-show", minutes: 180 },
    });
  });

  it("of somebody who came is the last contact when they came, not when it was entered", () => {
    const session = buildSession();
    const { state } = mark(inProgram([session]), session, { status: "present" });
    expect(state.episode.lastContact).toEqual({ how: "came", at: startAt });
    const late = mark(inProgram([session]), session, entered("late"));
    expect(late.state.episode.lastContact).toMatchObject({ at: "2027-01-11T14:30:00.000Z" });
    const missed = mark(inProgram([session]), session, { status: "no-show" });
    expect(missed.state.episode.lastContact).toBeUndefined();
  });

  it("of somebody who came ends the calls about an earlier day, and about no later one", () => {
    const [monday, tuesday, wednesday] = ["11", "12", "13"].map((day) =>
      buildSession({
        sk: `SESSION#2027-01-${day}#group`,
        sessionId: `session-${day}`,
        on: `2027-01-${day}`,
        scheduledStartAt: `2027-01-${day}T14:00:00.000Z`,
        scheduledEndAt: `2027-01-${day}T17:00:00.000Z`,
      }),
    );
    if (monday === undefined || tuesday === undefined || wednesday === undefined) return;
    const ctx = { now: "2027-01-13T17:05:00.000Z" };
    let { state } = mark(
      inProgram([monday, tuesday, wednesday]),
      monday,
      { status: "no-show" },
      ctx,
    );
    ({ state } = mark(state, wednesday, { status: "no-show" }, ctx));
    const { change } = mark(state, tuesday, { status: "present" }, ctx);
    const ended = Object.values(putsOf(change)).flatMap((item) =>
      item.kind === "outreach" ? [[item.about.id, item.status, item.outcome]] : [],
    );
    expect(ended).toEqual([["session-11", "reached", "reached"]]);
  });

  it("that makes a short week good takes back what was asked about it and about two in a row", () => {
    const session = buildSession();
    const review = (taskKind: "hours-review" | "level-of-care-review", week: number) =>
      buildTask({ taskKind, sk: `TASK#${taskKind}#w${week}` });
    const asked = [
      review("hours-review", 1),
      review("level-of-care-review", 1),
      review("level-of-care-review", 2),
      review("level-of-care-review", 3),
    ];
    const enough = {
      ...buildProgram(),
      weeklyHours: { ...buildProgram().weeklyHours, minimumHours: 3 },
    };
    const { change } = mark(
      inProgram([session, ...asked]),
      session,
      { status: "present" },
      { program: enough },
    );
    const ended = Object.values(putsOf(change)).flatMap((item) =>
      item.kind === "task" && item.status !== "open" ? [item.sk] : [],
    );
    expect(ended.sort()).toEqual(
      asked
        .slice(0, 3)
        .map(({ sk }) => sk)
        .sort(),
    );
  });

  it("closes the task that asked for it, and no other", () => {
    const session = buildSession();
    const asked = buildTask({
      taskKind: "mark-attendance",
      about: { type: "session", id: session.sessionId },
    });
    const ofAnother = buildTask({
      taskKind: "mark-attendance",
      sk: "TASK#mark-attendance#another",
      about: { type: "session", id: "another" },
    });
    const { change } = mark(inProgram([session, asked, ofAnother]), session, {
      status: "excused",
    });
    expect(putsOf(change)).not.toHaveProperty([ofAnother.sk]);
    expect(putsOf(change)[asked.sk]).toMatchObject({
      status: "done",
      outcome: { code: "marked", recordedBy: "casey" },
    });
  });

  const closed = buildSession({
    status: "closed",
    attendance: {
      status: "present",
      attendedMinutes: 180,
      recordedBy: "casey",
      recordedAt: endAt,
      corrections: 0,
    },
  });

  it.each<[string, Session, AttendanceInput, Partial<DecisionContext>, string]>([
    [
      "a cancelled session",
      buildSession({ status: "cancelled" }),
      { status: "present" },
      {},
      "cancelled",
    ],
    [
      "half an hour and more before it starts",
      buildSession(),
      { status: "present" },
      { now: "2027-01-11T13:29:00.000Z" },
      "opens 30 minutes before",
    ],
    [
      "a correction without a reason",
      closed,
      { status: "excused", reason: " " },
      {},
      "needs a reason",
    ],
    [
      "a correction after 30 days",
      closed,
      { status: "excused", reason: "Found the note." },
      { now: "2027-02-11T17:00:00.000Z" },
      "30 days",
    ],
    [
      "somebody who left before arriving",
      buildSession(),
      { status: "late", arrivedAt: "2027-01-11T15:00:00.000Z", leftAt: "2027-01-11T14:30:00.000Z" },
      {},
      "after the time of arriving",
    ],
  ])("is refused for %s", (_what, session, input, ctx, sentence) => {
    expect(mark(inProgram([session]), session, input, ctx).refusal?.sentence).toContain(sentence);
  });

  it("is refused for somebody who was never admitted", () => {
    const session = buildSession();
    const { admittedOn: _admittedOn, ...episode } = inProgram([session]).episode;
    const refused = mark(buildState(episode, [session]), session, { status: "present" });
    expect(refused.refusal?.sentence).toContain("has not been admitted");
  });
});
