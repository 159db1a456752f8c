// Long because a leave is told by its kind, from its beginning to the return.
import { describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { episodeStatuses } from "../../../shared/care/episode/status.ts";
import { withdraw } from "../../../shared/care/pathway/withdraw.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { endLeave } from "../../../workflows/weekly-program/resume-episode.ts";
import { type LeaveRequest, startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { ladder } from "../../builders/complete.ts";
import { buildMessage } from "../../builders/message.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  caseManager,
  episodeId,
} from "../../builders/state.ts";
import {
  carriedOut,
  changeOf,
  itemsOf,
  openTaskOf,
  openTasks,
  refusalOf,
} from "../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });
const week = {
  week: 2,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 180,
  isFullWeek: true,
  byDay: {},
};

function inProgram(more: Partial<Episode> = {}): Episode {
  return buildEpisode({
    status: "active",
    admittedOn: "2027-01-04",
    week: 2,
    weeks: [week],
    ...more,
  });
}

function session(on: string): Session {
  return {
    kind: "session",
    sk: `SESSION#${on}#skills`,
    version: 1,
    sessionId: `session-${on}`,
    groupSessionId: `riverside:adult-iop:${on}:skills`,
    slot: "skills",
    week: 2,
    on,
    scheduledStartAt: `${on}T14:00:00.000Z`,
    scheduledEndAt: `${on}T17:00:00.000Z`,
    timeZone: "America/New_York",
    modality: "skills",
    counts: true,
    status: "planned",
  };
}

const wednesday = session("2027-01-13");
const thursday = session("2027-01-14");
const weekly = buildRun("weekly-program", `${episodeId}-w2`, { step: "review-week" });

function hold(
  body: Partial<LeaveRequest> = {},
  items: readonly EpisodeItem[] = [],
  episode = inProgram(),
) {
  const state = buildState(episode, items);
  const result = startLeave(
    state,
    { kind: "family", contactKeptBy: "casey", reason: "A funeral", ...body },
    ctx,
  );
  return { result, onLeave: () => carriedOut(state, result) };
}

describe("leave", () => {
  it("takes the sessions until the return out of the plan, and their hours out of the expected", () => {
    const reminder = buildMessage({ step: "session-reminder", occurrence: wednesday.sessionId });
    const state = hold({ expectedReturnOn: "2027-01-14" }, [
      wednesday,
      thursday,
      reminder,
    ]).onLeave();
    expect(state.episode).toMatchObject({
      status: "onhold",
      hold: { kind: "family", expectedReturnOn: "2027-01-14", contactKeptBy: "casey" },
    });
    expect(state.items.get(wednesday.sk)).toMatchObject({ status: "cancelled" });
    expect(state.items.get(thursday.sk)).toEqual(thursday);
    expect(state.items.get(reminder.sk)).toMatchObject({ status: "CANCELLED", reason: "on-leave" });
    expect(state.episode.weeks[0]).toMatchObject({ expectedMinutes: 360, isFullWeek: false });
  });

  it("takes every session out when nobody knows when the person returns", () => {
    const state = hold({}, [wednesday, thursday]).onLeave();
    expect(itemsOf(state, "session").map((one) => one.status)).toEqual(["cancelled", "cancelled"]);
  });

  it("has somebody look at it within 7 days, and ends the ladders", () => {
    const state = hold({}, [ladder]).onLeave();
    expect(openTaskOf(state, "clinician-review").dueAt).toBe("2027-01-19T16:00:00.000Z");
    expect(state.items.get(ladder.sk)).toMatchObject({ status: "withdrawn", outcome: "on-leave" });
  });

  it("has somebody look for the person on the day of the return", () => {
    const onTheDay = openTaskOf(hold({ expectedReturnOn: "2027-01-14" }).onLeave(), "leave-return");
    expect(onTheDay).toMatchObject({
      assignedFunction: "case-manager",
      dueAt: "2027-01-14T23:00:00.000Z",
      evidence: { expectedReturnOn: "2027-01-14" },
    });
    // On a Sunday nobody is there: the Monday after it.
    const sunday = openTaskOf(hold({ expectedReturnOn: "2027-01-17" }).onLeave(), "leave-return");
    expect(sunday.dueAt).toBe("2027-01-18T23:00:00.000Z");
  });

  it("has somebody look again every week where no day of return is known", () => {
    const state = hold().onLeave();
    const task = openTaskOf(state, "leave-return");
    expect(task.dueAt).toBe("2027-01-19T23:00:00.000Z");
    const spoken = carriedOut(
      state,
      completeTask(
        state,
        { taskSk: task.sk, outcome: "still-away", note: "Back when her mother is well" },
        buildContext({ actor: caseManager, now: "2027-01-19T16:00:00.000Z" }),
      ),
    );
    expect(openTaskOf(spoken, "leave-return").dueAt).toBe("2027-01-26T23:00:00.000Z");
    const back = carriedOut(spoken, endLeave(spoken, { reason: "Back" }, ctx));
    expect(openTasks(back, "leave-return")).toEqual([]);
  });

  it.each(["hospital", "jail"] as const)("sends nothing to somebody in %s", (kind) => {
    const text = buildMessage();
    const notice = buildMessage({ step: "session-off", class: "schedule-notice" });
    const safety = buildMessage({ step: "safety", class: "safety" });
    const state = hold({ kind }, [text, notice, safety]).onLeave();
    for (const { sk } of [text, notice])
      expect(state.items.get(sk), sk).toMatchObject({ status: "CANCELLED", reason: "on-leave" });
    expect(state.items.get(safety.sk)).toEqual(safety);
  });

  it("keeps the weekly text of somebody on vacation", () => {
    const text = buildMessage();
    const notice = buildMessage({ step: "session-off", class: "schedule-notice" });
    const { items } = hold({ kind: "vacation" }, [text, notice]).onLeave();
    expect(items.get(text.sk)).toEqual(text);
    expect(items.get(notice.sk)).toEqual(notice);
  });

  it("refuses a second leave, a leave outside the program, and a return in the past", () => {
    const onLeave = inProgram({
      status: "onhold",
      hold: { kind: "hospital", since: ctx.now, contactKeptBy: "casey" },
    });
    expect(refusalOf(hold({}, [], onLeave).result).sentence).toContain(
      "on leave already (hospital",
    );
    expect(refusalOf(hold({}, [], buildEpisode({ status: "aftercare" })).result).sentence).toBe(
      "Leave is for people in the program; this person is: in aftercare.",
    );
    expect(refusalOf(hold({ expectedReturnOn: "2027-01-11" }).result).sentence).toContain(
      "in the past",
    );
    expect(refusalOf(hold({}, [], buildEpisode({ status: "closed" })).result).sentence).toContain(
      "has ended",
    );
    const bySystem = startLeave(
      buildState(inProgram()),
      { kind: "family", contactKeptBy: "casey", reason: "-" },
      buildContext(),
    );
    expect(refusalOf(bySystem).refused).toBe("not-allowed");
  });
});

describe("the return from leave", () => {
  const reason = { reason: "Back home" };

  it("has the screens asked before the first group of the same morning, not by the end of the day", () => {
    // A Thursday at 7 in New York; the group begins at 9.
    const { program, instruments } = shippedProgram();
    const early = buildContext({
      now: "2027-01-14T12:00:00.000Z",
      actor: caseManager,
      program: { ...program, version: 1, contentHash: "shipped" },
      instruments,
    });
    const episode = inProgram({
      status: "onhold",
      hold: {
        kind: "medical",
        since: "2027-01-11T12:00:00.000Z",
        contactKeptBy: "casey-riverside",
      },
    });
    const away = buildState(episode);
    const back = carriedOut(away, endLeave(away, { reason: "Back" }, early));
    expect(openTaskOf(back, "clinician-review").dueAt).toBe("2027-01-14T14:00:00.000Z");
  });

  it("asks for the screens again and goes on with the week under way", () => {
    const away = hold({ kind: "hospital" }, [weekly]).onLeave();
    const state = carriedOut(away, endLeave(away, reason, ctx));
    expect(state.episode.status).toBe("active");
    expect(state.episode.hold).toBeUndefined();
    const [task, ...others] = openTasks(state, "clinician-review");
    expect(task?.words).toContain("ask the suicide and withdrawal screens again");
    expect(others).toEqual([]);
    expect(itemsOf(state, "driver")).toEqual([weekly]);
  });

  it("that comes earlier than expected brings back what is left of the week, as the schedule has it, and reminds of it", () => {
    const booked = {
      ...session("2027-01-14"),
      sk: "SESSION#2027-01-14#visit",
      sessionId: "visit",
    };
    const away = hold({}, [weekly, session("2027-01-11"), wednesday, thursday]).onLeave();
    expect(away.episode.weeks[0]?.expectedMinutes).toBe(180);
    const items = new Map([...away.items, [booked.sk, booked]]);
    const change = changeOf(endLeave({ ...away, items }, reason, ctx));
    const state = carriedOut({ ...away, items }, change);
    const status = ({ sk }: Session) => state.items.get(sk);
    expect(status(wednesday)).toMatchObject({ status: "planned" });
    expect(status(wednesday)).not.toHaveProperty("mayReturn");
    // A visit was booked at that time meanwhile.
    expect(status(thursday)).toMatchObject({ status: "cancelled" });
    expect(status(thursday)).not.toHaveProperty("mayReturn");
    expect(state.episode.weeks[0]?.expectedMinutes).toBe(360);
    expect(change.outbox).toContainEqual(
      expect.objectContaining({
        kind: "apply",
        command: expect.objectContaining({ sessionSks: [wednesday.sk] }),
      }),
    );
  });

  it("begins the next week where none is under way", () => {
    const away = hold().onLeave();
    const change = changeOf(endLeave(away, reason, ctx));
    const [run] = itemsOf(carriedOut(away, change), "driver");
    expect(run).toMatchObject({ workflow: "weekly-program", data: { week: 3 } });
    expect(change.outbox).toContainEqual(expect.objectContaining({ kind: "start-driver" }));
  });

  it("goes back to the discharge that was being planned", () => {
    const planning = inProgram({ status: "discharge-planning", disposition: "completed" });
    const discharge = buildRun("discharge", `${episodeId}-d6`);
    const away = hold({}, [discharge], planning).onLeave();
    const state = carriedOut(away, endLeave(away, reason, ctx));
    expect(state.episode.status).toBe("discharge-planning");
    expect(itemsOf(state, "driver")).toHaveLength(1);
  });

  it("is refused to somebody who is not on leave, and to anybody but staff", () => {
    expect(refusalOf(endLeave(buildState(inProgram()), reason, ctx)).sentence).toBe(
      "The person is not on leave (in the program).",
    );
    const ended = buildState(buildEpisode({ status: "declined" }));
    expect(refusalOf(endLeave(ended, reason, ctx)).sentence).toContain("has ended");
    expect(refusalOf(endLeave(buildState(), reason, buildContext())).refused).toBe("not-allowed");
  });
});

describe("withdrawal", () => {
  const reason = { reason: "Moved in with her sister" };
  const mayWithdraw = [
    ...["referred", "screening", "assessed", "waiting"],
    ...["active", "onhold", "discharge-planning", "aftercare"],
  ];

  it.each(episodeStatuses)("from %s is allowed or refused as the table says", (status) => {
    const result = withdraw(buildState(buildEpisode({ status })), reason, ctx);
    const isAllowed = mayWithdraw.includes(status);
    if (isAllowed) expect(changeOf(result).episode.status).toBe("withdrawn");
    else expect(refusalOf(result).refused).toBe("not-now");
  });

  it("ends every plan and keeps what is about safety or an unanswered person", () => {
    const call = buildTask();
    const reply = buildTask({ taskKind: "inbound-reply", sk: "TASK#inbound-reply#n" });
    const alert = buildTask({ taskKind: "safety-follow-up", priority: "safety", sk: "TASK#s#1" });
    const text = buildMessage();
    const dormant = buildRun("weekly-program", `${episodeId}-w3`, { status: "dormant" });
    const state = buildState(inProgram(), [call, reply, alert, text, ladder, wednesday, dormant]);
    const after = carriedOut(state, withdraw(state, reason, ctx));
    expect(after.episode).toMatchObject({
      status: "withdrawn",
      closingReason: "withdrew",
      closedAt: ctx.now,
      disposition: "left-before-completing",
    });
    expect(after.items.get(call.sk)).toMatchObject({ status: "cancelled" });
    expect(after.items.get(reply.sk)).toEqual(reply);
    expect(after.items.get(alert.sk)).toEqual(alert);
    expect(after.items.get(text.sk)).toMatchObject({ status: "CANCELLED" });
    expect(after.items.get(ladder.sk)).toMatchObject({ status: "withdrawn" });
    expect(after.items.get(wednesday.sk)).toMatchObject({ status: "cancelled" });
    expect(after.items.get(dormant.sk)).toMatchObject({ status: "done" });
  });

  it("has a supervisor review who left in the middle of the program, by the next staffed day", () => {
    const state = buildState(inProgram());
    const after = carriedOut(state, withdraw(state, reason, ctx));
    expect(openTaskOf(after, "clinician-review")).toMatchObject({
      assignedFunction: "supervisor",
      dueAt: "2027-01-13T23:00:00.000Z",
    });
    const early = buildState(buildEpisode({ status: "screening" }));
    expect(openTasks(carriedOut(early, withdraw(early, reason, ctx)))).toEqual([]);
  });

  it("is never locked by an open alert, which stays open", () => {
    const openEscalations = [{ escalationId: "e1", tier: "RED" as const }];
    const state = buildState(inProgram({ openEscalations }));
    const change = changeOf(withdraw(state, reason, ctx));
    expect(change.episode.openEscalations).toEqual(openEscalations);
    expect(change.audit).toMatchObject({
      action: "participant-withdrew",
      facts: { from: "active" },
      reason: reason.reason,
    });
  });

  it("is written down by staff only", () => {
    expect(refusalOf(withdraw(buildState(inProgram()), reason, buildContext())).refused).toBe(
      "not-allowed",
    );
  });
});
