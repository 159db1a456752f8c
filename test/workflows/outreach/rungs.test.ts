// Long because a rung asks for different work in many situations, and each is tried at its edge.
import { describe, expect, it } from "vitest";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import type { OutreachRung } from "../../../shared/care/program/program.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { outreachActs } from "../../../workflows/outreach/acts.ts";
import { outreachReviews } from "../../../workflows/outreach/reviews.ts";
import { outreachSteps } from "../../../workflows/outreach/steps.ts";
import { nextStep } from "../../../workflows/run/next-step.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildProgram } from "../../builders/program.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  tuesdayMorning,
} from "../../builders/state.ts";
import { act, itemsOf, review } from "../../builders/steps.ts";

/** Tuesday, eleven in New York: seven staffed hours are left. */
const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);
const sk = "OUTREACH#missedSession#session-1";
const about = { type: "outreach", id: "out-1" } as const;
const run = buildRun("outreach", "out-1");

function buildLadder(more: Partial<Outreach> = {}): Outreach {
  return {
    kind: "outreach",
    sk,
    version: 1,
    outreachId: "out-1",
    ladder: "missedSession",
    about: { type: "session", id: "session-1" },
    status: "climbing",
    nextRung: 1,
    nextRungAt: tuesdayMorning,
    startedAt: at(-120),
    ...more,
  };
}

const call = (name: string, more: Partial<CareTask> = {}) =>
  buildTask({
    sk: `TASK#${name}`,
    taskKind: "outreach-call",
    about,
    driverId: run.driverId,
    evidence: { action: "call" },
    ...more,
  });
const { about: _about, ...aboutNothing } = call("about-nothing");
const owed = {
  tier: "ORANGE",
  occurrence: "out-1-today",
  steps: [{ to: "clinical-lead", at: at(60) }],
} as const;

type Situation = {
  readonly ladder?: Partial<Outreach>;
  readonly items?: readonly EpisodeItem[];
  readonly episode?: Partial<Episode>;
  readonly now?: string;
  /** The rungs of the ladder, where they are not those of the test's program. */
  readonly rungs?: readonly OutreachRung[];
};

function contextOf({ now = tuesdayMorning, rungs }: Situation) {
  const program = buildProgram();
  const outreach =
    rungs === undefined ? program.outreach : { ...program.outreach, missedSession: rungs };
  return buildContext({ now, program: { ...program, outreach } });
}

function did(step: "climb" | "ask-for-decision" | "finish", situation: Situation = {}) {
  const { ladder, items = [], episode } = situation;
  const before = buildState(buildEpisode({ status: "active", week: 3, ...episode }), [
    buildLadder(ladder),
    ...items,
  ]);
  const { change, state } = act(before, run, step, contextOf(situation));
  const known = new Set(before.items.keys());
  const tasks = itemsOf(state, "task").filter((item) => !known.has(item.sk));
  const [after] = itemsOf(state, "outreach");
  if (after === undefined) throw new Error("The ladder is gone");
  return {
    change,
    state,
    task: tasks[0],
    count: tasks.length,
    ladder: after,
    messages: itemsOf(state, "message").filter((item) => !known.has(item.sk)),
    missedTextOn: state.episode.missedTextOn,
  };
}

const rung = (more: Partial<OutreachRung>): OutreachRung => ({
  rung: "one",
  afterStaffedMinutes: 15,
  action: "call",
  assignTo: "case-manager",
  words: "Call the person.",
  ...more,
});

describe("a rung that asks for a call", () => {
  it("gives the case manager two staffed hours for it, and says which rung it is", () => {
    const { task, count, ladder, change } = did("climb");
    expect(count).toBe(1);
    expect(task).toMatchObject({
      taskKind: "outreach-call",
      words: "Call the person.",
      assignedFunction: "case-manager",
      dueAt: at(120),
      priority: "normal",
      about,
      driverId: "outreach-out-1",
      evidence: { ladder: "missedSession", rung: "first-call", action: "call" },
    });
    expect(task?.sk.endsWith("out-1-first-call")).toBe(true);
    expect(task).not.toHaveProperty("owed");
    expect(task).not.toHaveProperty("handedUp");
    expect(ladder).toMatchObject({ nextRung: 2, nextRungAt: at(120) });
    expect(change?.audit).toMatchObject({
      action: "outreach-rung-climbed",
      facts: { outreachId: "out-1", rung: "first-call" },
    });
  });

  it("gives as long as the program says, and is another one in another round", () => {
    const quick = [rung({ withinStaffedMinutes: 30 })];
    const { task } = did("climb", { ladder: { nextRung: 0, round: 2 }, rungs: quick });
    expect(task?.dueAt).toBe(at(30));
    expect(task?.sk.endsWith("out-1-one-2")).toBe(true);
    const { task: first } = did("climb", { ladder: { nextRung: 0, round: 1 }, rungs: quick });
    expect(first?.sk.endsWith("out-1-one")).toBe(true);
  });

  it("leaves a staffed day after the last rung, before a person has to decide", () => {
    const { ladder } = did("climb", { ladder: { nextRung: 2 } });
    // Seven hours of today, and one of tomorrow from eight.
    expect(ladder).toMatchObject({ nextRung: 3, nextRungAt: "2027-01-13T14:00:00.000Z" });
  });

  it.each<[string, Partial<Outreach>]>([
    ["it has ended", { status: "reached" }],
    ["it waits for a decision", { status: "decision-needed" }],
    ["its time has not come", { nextRungAt: at(1) }],
    ["there is none", { nextRung: 3 }],
    ["it is another ladder's", { outreachId: "out-2" }],
  ])("does nothing where %s", (_what, ladder) => {
    expect(did("climb", { ladder }).change).toBeUndefined();
  });

  it("says that there is no phone, and what a release has to allow", () => {
    const noPhone = { reach: { email: { contactPointId: "cp-email", kind: "own" as const } } };
    expect(did("climb", { episode: noPhone }).task?.words).toBe(
      "Call the person. There is no phone: reach them as they asked.",
    );
    const wordsOf = (more: Partial<OutreachRung>, episode = {}) =>
      did("climb", { ladder: { nextRung: 0 }, rungs: [rung(more)], episode }).task?.words;
    expect(wordsOf({ action: "contact-person", words: "Call the sister." })).toBe(
      "Call the sister. Only with a live release that names this person.",
    );
    expect(wordsOf({ action: "contact-person", words: "Call the sister." }, noPhone)).toBe(
      "Call the sister. Only with a live release that names this person.",
    );
    expect(wordsOf({ action: "welfare-decision", words: "Decide." }, noPhone)).toBe("Decide.");
  });
});

describe("a rung whose step before was not done", () => {
  it("says so, goes to the next person, and takes the place of the call", () => {
    const { task, ladder, state } = did("climb", { items: [call("before")] });
    expect(task?.words).toBe("The step before this one was not done. Call the person.");
    expect(task?.assignedFunction).toBe("supervisor");
    expect(task?.handedUp).toEqual([
      { from: "case-manager", to: "supervisor", at: tuesdayMorning },
    ]);
    expect(state.items.get("TASK#before")).toMatchObject({ status: "cancelled" });
    expect(ladder).toMatchObject({ notDone: 1, nextRung: 2 });
  });

  it("stays a clinician's where it is a decision about welfare, which is owed", () => {
    const { task, ladder } = did("climb", {
      ladder: { nextRung: 2 },
      items: [call("before")],
    });
    expect(task).toMatchObject({
      words: "The step before this one was not done. Decide whether a welfare check is needed.",
      assignedFunction: "clinician",
      priority: "urgent",
      dueAt: at(120),
      owed: {
        tier: "ORANGE",
        occurrence: "out-1-welfare-decision",
        steps: [{ to: "clinical-lead", at: at(120) }],
      },
    });
    expect(task).not.toHaveProperty("handedUp");
    expect(ladder.notDone).toBe(1);
  });

  it("asks for no second decision about welfare, and takes the calls off all the same", () => {
    const decision = call("today", { owed, evidence: { action: "welfare-decision" } });
    const { count, ladder, state } = did("climb", {
      ladder: { nextRung: 2 },
      items: [decision, call("before")],
    });
    expect(count).toBe(0);
    expect(state.items.get("TASK#before")).toMatchObject({ status: "cancelled" });
    expect(state.items.get("TASK#today")).toBe(decision);
    expect(ladder).toMatchObject({ notDone: 1, nextRung: 3 });
  });
});

describe("a call that is made in place of a message", () => {
  const inPlace = (more: Partial<CareTask> = {}) =>
    call("in-place", { evidence: { action: "message" }, dueAt: at(1), ...more });

  it("is the one that the next rung asks for, until it is late", () => {
    const standing = did("climb", { items: [inPlace()] });
    expect(standing.count).toBe(0);
    expect(standing.state.items.get("TASK#in-place")).toMatchObject({ status: "open" });
    expect(standing.ladder).toMatchObject({ nextRung: 2 });
    expect(standing.ladder).not.toHaveProperty("notDone");
    expect(did("climb", { items: [inPlace({ dueAt: tuesdayMorning })] }).count).toBe(1);
  });

  it.each<[string, CareTask]>([
    ["done", inPlace({ status: "done" })],
    ["another ladder's", inPlace({ about: { type: "outreach", id: "out-2" } })],
    ["about nothing", { ...aboutNothing, evidence: { action: "message" }, dueAt: at(1) }],
    ["a call of its own", inPlace({ evidence: { action: "call" } })],
  ])("is not one that is %s", (_what, task) => {
    expect(did("climb", { items: [task] }).count).toBe(1);
  });

  it("is no call to somebody else", () => {
    const rungs = [rung({ action: "contact-person" })];
    expect(did("climb", { ladder: { nextRung: 0 }, rungs, items: [inPlace()] }).count).toBe(1);
  });
});

describe("a rung that writes", () => {
  const writes = (situation: Situation = {}) =>
    did("climb", { ...situation, ladder: { nextRung: 0, ...situation.ladder } });
  const planned = (over: Partial<Parameters<typeof buildSession>[0]>) =>
    buildSession({ sk: "SESSION#other", sessionId: "session-2", ...over });

  it("sends the text, speaks of the day that was missed, and remembers the day it goes", () => {
    const noShows = [
      { sessionId: "session-0", at: at(-9999) },
      { sessionId: "session-1", at: at(-120) },
    ];
    const { messages, count, missedTextOn, ladder } = writes({ episode: { noShows } });
    expect(messages).toMatchObject([
      {
        step: "missed-session",
        aboutAt: at(-120),
        occurrence: "out-1-text",
        driverId: "outreach-out-1",
        sendAt: tuesdayMorning,
      },
    ]);
    expect(count).toBe(0);
    expect(missedTextOn).toBe("2027-01-12");
    expect(ladder).toMatchObject({ nextRung: 1, nextRungAt: at(45) });
    const [message] = writes({ episode: { noShows: noShows.slice(0, 1) } }).messages;
    expect(message).not.toHaveProperty("aboutAt");
    expect(writes().messages).toHaveLength(1);
  });

  it("writes once a day: the day on which it arrives where the person is", () => {
    expect(writes({ episode: { missedTextOn: "2027-01-12" } })).toMatchObject({
      messages: [],
      count: 0,
      ladder: { nextRung: 1 },
    });
    const again = writes({ episode: { missedTextOn: "2027-01-11" } });
    expect(again.messages).toHaveLength(1);
    expect(again.missedTextOn).toBe("2027-01-12");
    // Eight in the evening: it goes at nine the next day.
    const evening = "2027-01-13T01:00:00.000Z";
    const late = { now: evening, ladder: { nextRungAt: evening } };
    expect(writes(late).missedTextOn).toBe("2027-01-13");
    expect(writes({ ...late, episode: { missedTextOn: "2027-01-13" } }).messages).toEqual([]);
    expect(writes({ ...late, episode: { missedTextOn: "2027-01-12" } }).messages).toHaveLength(1);
  });

  it("reads hour and day off the person's clock, not the site's", () => {
    // Three in the afternoon at the site is nine in the morning of the next day in Auckland, and ten at night in Berlin.
    const now = "2027-01-12T20:00:00.000Z";
    const where = (timeZone: string, episode: Partial<Episode> = {}) =>
      writes({ now, ladder: { nextRungAt: now }, episode: { timeZone, ...episode } });
    const auckland = "Pacific/Auckland";
    expect(where(auckland)).toMatchObject({ missedTextOn: "2027-01-13", messages: [{}] });
    expect(where(auckland, { missedTextOn: "2027-01-12" }).messages).toHaveLength(1);
    expect(where(auckland, { missedTextOn: "2027-01-13" }).messages).toEqual([]);
    // In Berlin it arrives in the morning: whoever sits in a group by then is not written to.
    const tomorrow = "2027-01-13T09:00:00.000Z";
    const group = planned({
      scheduledStartAt: addMinutes(tomorrow, -120),
      scheduledEndAt: tomorrow,
    });
    const berlin = { now, ladder: { nextRungAt: now }, items: [group] };
    expect(writes({ ...berlin, episode: { timeZone: "Europe/Berlin" } }).messages).toEqual([]);
    expect(writes(berlin).messages).toHaveLength(1);
  });

  it.each([
    ["from its first minute", { scheduledStartAt: at(0), scheduledEndAt: at(60) }, 0],
    ["to its last", { scheduledStartAt: at(-60), scheduledEndAt: at(0.1) }, 0],
    ["not before it", { scheduledStartAt: at(1), scheduledEndAt: at(60) }, 1],
    ["not after it", { scheduledStartAt: at(-60), scheduledEndAt: at(0) }, 1],
    [
      "not where it is cancelled",
      { scheduledStartAt: at(-60), scheduledEndAt: at(60), status: "cancelled" as const },
      1,
    ],
  ])("writes nothing to somebody who is expected in a session: %s", (_what, times, count) => {
    const { messages, task } = writes({ items: [planned(times)] });
    expect(messages).toHaveLength(count);
    expect(task).toBeUndefined();
  });

  it("becomes a call where no message may go, to the phone where there is one", () => {
    const consents = { voicemail: true } as Episode["consents"];
    const silent = writes({ episode: { consents: { ...consents, sms: {}, email: {} } } });
    expect(silent.messages).toEqual([]);
    expect(silent.task).toMatchObject({
      words: "No message may be sent. Call the person, or reach them as they asked.",
      evidence: { rung: "text", action: "message" },
    });
    expect(silent.missedTextOn).toBeUndefined();
    expect(writes({ episode: { reach: {} } }).task?.words).toBe(
      "No message may be sent. Reach the person as they asked.",
    );
  });

  it("that speaks of something else keeps no day of missed sessions, and is held by none", () => {
    const rungs = [rung({ action: "message", messageStep: "measures" })];
    const { messages, missedTextOn } = writes({
      rungs,
      episode: { missedTextOn: "2027-01-12" },
      items: [planned({ scheduledStartAt: at(-60), scheduledEndAt: at(60) })],
    });
    expect(messages).toMatchObject([{ step: "measures" }]);
    expect(missedTextOn).toBe("2027-01-12");
    expect(writes({ rungs }).missedTextOn).toBeUndefined();
  });

  it("speaks of the missed session where the program names no text for it", () => {
    const { messages, missedTextOn } = writes({ rungs: [rung({ action: "message" })] });
    expect(messages).toMatchObject([{ step: "missed-session" }]);
    expect(missedTextOn).toBe("2027-01-12");
    const held = { rungs: [rung({ action: "message" as const })], episode: { missedTextOn } };
    expect(writes({ ...held, episode: { missedTextOn: "2027-01-12" } }).messages).toEqual([]);
  });
});

describe("a ladder that ran out", () => {
  it("waits for a person's decision, once, and takes the calls off the list", () => {
    const { task, count, ladder, change, state } = did("ask-for-decision", {
      ladder: { nextRung: 3 },
      items: [call("last")],
    });
    expect(count).toBe(1);
    expect(task).toMatchObject({
      taskKind: "outreach-decision",
      about,
      evidence: { ladder: "missedSession", rungs: 3 },
    });
    expect(task?.words).toContain("One step of the ladder was not done");
    expect(task?.sk.endsWith("out-1")).toBe(true);
    expect(state.items.get("TASK#last")).toMatchObject({ status: "cancelled" });
    expect(ladder).toMatchObject({ status: "decision-needed", notDone: 1 });
    expect(change?.audit).toMatchObject({
      action: "outreach-ran-out",
      facts: { outreachId: "out-1" },
    });
  });

  it("asks anew in another round, and never where it is not climbed", () => {
    const third = did("ask-for-decision", { ladder: { nextRung: 3, round: 3 } });
    expect(third.task?.sk.endsWith("out-1-3")).toBe(true);
    const first = did("ask-for-decision", { ladder: { nextRung: 3, round: 1 } });
    expect(first.task?.sk.endsWith("out-1")).toBe(true);
    for (const ladder of [
      { status: "decision-needed" },
      { status: "reached" },
      { outreachId: "out-2" },
    ] as const)
      expect(did("ask-for-decision", { ladder }).change).toBeUndefined();
  });
});

describe("a ladder that is finished", () => {
  const message = (more: Partial<Message>) =>
    buildMessage({ step: "missed-session", occurrence: "out-1-text", ...more });

  it("takes back its own message and its own calls, and nothing else; what is owed stays", () => {
    const own = message({ driverId: run.driverId });
    const others = [
      message({ occurrence: "another", driverId: "outreach-out-2" }),
      call("another", { driverId: "outreach-out-2" }),
      call("owed", { owed }),
      call("done", { status: "done" }),
    ];
    const { state, change } = did("finish", { items: [own, call("own"), ...others] });
    expect(state.items.get(own.sk)).toMatchObject({ status: "CANCELLED", reason: "reached" });
    expect(state.items.get("TASK#own")).toMatchObject({ status: "cancelled" });
    for (const other of others) expect(state.items.get(other.sk), other.sk).toBe(other);
    expect(change?.audit).toMatchObject({
      action: "outreach-finished",
      facts: { outreachId: "out-1" },
    });
  });
});

describe("what a ladder needs now", () => {
  const needs = (ladder: Partial<Outreach>, situation: Situation = {}) =>
    review(
      buildState(buildEpisode({ status: "active" }), [
        buildLadder(ladder),
        ...(situation.items ?? []),
      ]),
      run,
      "review-ladder",
      contextOf(situation),
    );
  const text = (sendAt: string) =>
    buildMessage({ step: "missed-session", driverId: run.driverId, sendAt });

  it("nothing more where it has its end, or is not there", () => {
    for (const ladder of [
      { status: "reached" },
      { status: "withdrawn" },
      { outreachId: "out-2" },
    ] as const)
      expect(needs(ladder, { items: [text(at(0))] })).toEqual({ outcome: "reached" });
  });

  it("its message first, then the rung that is due, then a decision", () => {
    expect(needs({}, { items: [text(at(0))] })).toEqual({ outcome: "send" });
    expect(needs({})).toEqual({ outcome: "climb" });
    expect(needs({ nextRung: 2 })).toEqual({ outcome: "climb" });
    expect(needs({ nextRung: 3 })).toEqual({ outcome: "ran-out" });
  });

  it("time until its rung, or until its message where that comes first", () => {
    const later = { nextRungAt: at(30) };
    expect(needs(later)).toEqual({ outcome: "wait", holdUntil: at(30) });
    expect(needs(later, { items: [text(at(10))] })).toEqual({
      outcome: "wait",
      holdUntil: at(10),
    });
    expect(needs(later, { items: [text(at(40))] })).toEqual({
      outcome: "wait",
      holdUntil: at(30),
    });
  });

  it("a person, looked for once a week, where it ran out", () => {
    const ranOut = { status: "decision-needed", nextRung: 3 } as const;
    expect(needs(ranOut)).toEqual({ outcome: "wait", holdUntil: at(7 * 24 * 60) });
    expect(needs(ranOut, { items: [text(at(10))] })).toEqual({
      outcome: "wait",
      holdUntil: at(10),
    });
  });
});

describe("what has its end and is still in sight", () => {
  const inSight = (items: readonly EpisodeItem[], ladder: Partial<Outreach> = {}) =>
    buildState(buildEpisode({ status: "active", week: 3 }), [buildLadder(ladder), ...items]);
  const climbed = (items: readonly EpisodeItem[], ladder: Partial<Outreach> = {}) => {
    const state = inSight(items, ladder);
    const { change } = outreachActs.climb?.(state, run, contextOf({})) ?? {};
    return (change?.puts ?? []).map(({ item }) => item.kind);
  };

  it("needs no rung any more, though its message is due", () => {
    for (const status of ["reached", "withdrawn"] as const) {
      const text = buildMessage({ step: "missed-session", driverId: run.driverId });
      const found = outreachReviews["review-ladder"]?.(
        inSight([text], { status }),
        run,
        contextOf({}),
      );
      expect(found, status).toEqual({ outcome: "reached" });
    }
  });

  it("is no session in which the person is expected, and no call that stands", () => {
    const times = { scheduledStartAt: at(-60), scheduledEndAt: at(60) };
    const first = { nextRung: 0 };
    const session = (status: "planned" | "cancelled" | "closed") =>
      climbed([buildSession({ ...times, status })], first);
    expect(session("planned")).not.toContain("message");
    expect(session("cancelled")).toContain("message");
    expect(session("closed")).toContain("message");
    const asked = (status: CareTask["status"]) =>
      climbed([call("asked", { status, evidence: { action: "message" }, dueAt: at(60) })]);
    expect(asked("open")).not.toContain("task");
    expect(asked("done")).toContain("task");
  });

  it("is not ended a second time", () => {
    const done = call("done", { status: "done" });
    const finished = outreachActs.finish?.(inSight([done, call("open")]), run, contextOf({}));
    expect(finished?.change?.puts.map(({ item }) => item.sk)).toEqual(["TASK#open"]);
  });
});

describe("the way of a ladder", () => {
  it("leads from each step to the next, and back to what is due until it ends", () => {
    const next = (step: string, outcome: string) => nextStep("outreach", step, outcome);
    expect(next("review-ladder", "send")).toBe("send-outreach-message");
    expect(next("review-ladder", "climb")).toBe("climb");
    expect(next("review-ladder", "wait")).toBe("await-rung");
    expect(next("review-ladder", "reached")).toBe("finish");
    expect(next("review-ladder", "ran-out")).toBe("ask-for-decision");
    for (const step of ["send-outreach-message", "climb", "ask-for-decision"])
      expect(next(step, "done"), step).toBe("review-ladder");
    expect(next("await-rung", "done")).toBe("send-outreach-message");
    expect(next("finish", "done")).toBe("end");
    const kinds = Object.entries(outreachSteps.steps).map(([step, { kind }]) => [step, kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      "review-ladder": "review",
      "send-outreach-message": "send",
      climb: "act",
      "await-rung": "hold",
      "ask-for-decision": "act",
      finish: "act",
    });
  });
});
