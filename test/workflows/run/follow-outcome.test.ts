import { describe, expect, it } from "vitest";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { checkInSk } from "../../../shared/messages/plan-check-in.ts";
import { complete, inProgram, taskIn } from "../../builders/complete.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  buildEpisode,
  buildRun,
  buildTask,
  episodeId,
  tuesdayMorning,
} from "../../builders/state.ts";
import { changeOf, openTaskOf, openTasks, refusalOf } from "../../builders/steps.ts";

describe("check-ins on the phone", () => {
  const checkIn: CheckIn = {
    kind: "check-in",
    sk: checkInSk(1),
    version: 1,
    checkInId: "check-in-1",
    number: 1,
    checkInKind: "staff-call",
    status: "open",
    dueAt: tuesdayMorning,
    openedAt: tuesdayMorning,
    endsAt: "2027-01-19T16:00:00.000Z",
    answers: {},
    reasons: [],
    submissions: [],
  };
  const call = buildTask({
    taskKind: "aftercare-call",
    about: { type: "check-in", id: "check-in-1" },
  });
  const episode = buildEpisode({ status: "aftercare", dischargedAt: "2027-01-10T16:00:00.000Z" });

  it("records the answers with the call, in one change", () => {
    const state = complete(
      call,
      "reached",
      { answers: { "wants-call": true } },
      [checkIn],
      episode,
    ).stateAfter();
    expect(state.items.get(checkIn.sk)).toMatchObject({
      status: "answered",
      action: "same-day-call",
    });
    expect(taskIn(state, call.sk)).toMatchObject({ status: "done", outcome: { code: "reached" } });
    expect(openTaskOf(state, "check-in-call").words).toContain("Asked for a call");
  });

  it("takes a talk without the questions for contact", () => {
    const reminder = buildMessage({ step: "check-in-reminder-1", occurrence: "c1" });
    const state = complete(call, "reached", {}, [checkIn, reminder], episode).stateAfter();
    expect(state.items.get(checkIn.sk)).toMatchObject({ status: "answered", action: "none" });
    expect(state.items.get(reminder.sk)).toMatchObject({ status: "CANCELLED" });
  });

  it("refuses answers that are none", () => {
    const result = complete(
      call,
      "reached",
      { answers: { nonsense: 3 } },
      [checkIn],
      episode,
    ).result;
    expect(refusalOf(result).refused).toBe("invalid");
  });

  it("leaves the check-in open when nobody was reached, and calls again", () => {
    const state = complete(call, "not-reached", {}, [checkIn], episode).stateAfter();
    expect(state.items.get(checkIn.sk)).toEqual(checkIn);
    expect(openTaskOf(state, "aftercare-call").about?.id).toBe("check-in-1");
  });

  it("closes a call after a check-in that was answered before", () => {
    const followUp = buildTask({
      taskKind: "check-in-call",
      about: { type: "check-in", id: "check-in-1" },
    });
    const answered = { ...checkIn, status: "answered" } as const;
    const state = complete(followUp, "reached", {}, [answered], episode).stateAfter();
    expect(taskIn(state, followUp.sk).status).toBe("done");
  });
});

describe("the discharge checklist", () => {
  const driverId = `discharge-${episodeId}-d6`;
  function item(name: string): CareTask {
    return buildTask({
      taskKind: "discharge-checklist",
      sk: `TASK#discharge-checklist#${name}`,
      about: { type: "checklist-item", id: name },
      driverId,
    });
  }

  it("ticks its item, and others that are ticked on the same page", () => {
    const screen = item("suicide-screen");
    const visit = item("follow-up-visit");
    const state = complete(
      screen,
      "done",
      { answers: { "suicide-screen": true, "follow-up-visit": true } },
      [visit],
    ).stateAfter();
    expect(openTasks(state)).toEqual([]);
    expect(taskIn(state, visit.sk).outcome).toMatchObject({ code: "done", recordedBy: "casey" });
    const alone = complete(screen, "done", { answers: { "follow-up-visit": false } }, [
      visit,
    ]).stateAfter();
    expect(openTasks(alone)).toEqual([visit]);
  });

  it("writes down that the person wants no follow-up", () => {
    const consent = item("aftercare-consent");
    const state = complete(consent, "declined").stateAfter();
    expect(state.episode.consents.aftercare).toEqual({ withdrawnAt: tuesdayMorning });
    expect(complete(consent, "done").stateAfter().episode.consents.aftercare).toBeUndefined();
    expect(refusalOf(complete(item("suicide-screen"), "declined").result).refused).toBe("invalid");
  });

  it("refuses items that are not on it, an item that is not ticked, and skipping without a reason", () => {
    const screen = item("suicide-screen");
    expect(
      refusalOf(complete(screen, "done", { answers: { horoscope: true } }).result).sentence,
    ).toBe(
      "horoscope is not on the checklist. It holds: suicide-screen, follow-up-visit, supervisor-review.",
    );
    expect(
      refusalOf(complete(screen, "done", { answers: { "suicide-screen": false } }).result).sentence,
    ).toContain("not ticked");
    expect(refusalOf(complete(screen, "not-needed").result).sentence).toBe(
      "Write down why this item is not needed.",
    );
    const skipped = complete(screen, "not-needed", { note: "Seen in hospital today" }).stateAfter();
    expect(taskIn(skipped, screen.sk).status).toBe("done");
  });
});

describe("attendance that is asked for", () => {
  const session: Session = {
    kind: "session",
    sk: "SESSION#2027-01-11#mon-group",
    version: 1,
    sessionId: "s1",
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
  const task = buildTask({ taskKind: "mark-attendance", about: { type: "session", id: "s1" } });
  const episode = {
    ...inProgram,
    weeks: [
      {
        week: 2,
        startsOn: "2027-01-11",
        expectedMinutes: 540,
        attendedMinutes: 0,
        isFullWeek: true,
        byDay: {},
      },
    ],
  };

  it("is not marked by its task", () => {
    expect(refusalOf(complete(task, "marked", {}, [session], episode).result).sentence).toContain(
      "Attendance is not marked yet",
    );
    expect(taskIn(complete(task, "marked", {}, [], episode).stateAfter(), task.sk).status).toBe(
      "done",
    );
  });

  it("takes a session that was not held out of the hours expected", () => {
    const state = complete(task, "not-held", {}, [session], episode).stateAfter();
    expect(state.items.get(session.sk)).toMatchObject({ status: "cancelled" });
    expect(state.episode.weeks[0]).toMatchObject({ expectedMinutes: 360, isFullWeek: false });
  });
});

describe("a step that could not be carried out", () => {
  const task = buildTask({ taskKind: "workflow-problem", driverId: `intake-${episodeId}` });
  const lost = buildRun("intake", episodeId, { status: "lost", generation: 3, startAt: "x" });

  it("is tried again as the next generation of its run", () => {
    const { result, stateAfter } = complete(task, "try-again", {}, [lost]);
    expect(stateAfter().items.get(lost.sk)).toMatchObject({ status: "running", generation: 4 });
    expect(changeOf(result).outbox).toContainEqual({
      kind: "start-driver",
      episodeId,
      driverSk: lost.sk,
    });
  });

  it("is left alone when it was done by hand or the run has ended", () => {
    expect(changeOf(complete(task, "done-by-hand", {}, [lost]).result).outbox).toEqual([]);
    const done = { ...lost, status: "done" } as const;
    expect(changeOf(complete(task, "try-again", {}, [done]).result).outbox).toEqual([]);
  });
});

describe("a reply in which somebody wants no more", () => {
  const stops = (
    source: "text" | "email",
    outcome: string,
    note = "“Please, no more of these”",
  ) => {
    const task = buildTask({
      taskKind: "inbound-reply",
      ...(source === "email" ? { evidence: { source } } : {}),
    });
    return complete(task, outcome, note === "" ? {} : { note }).result;
  };
  const channelsStopped = (result: ReturnType<typeof stops>) =>
    changeOf(result).outbox.flatMap((entry) =>
      entry.kind === "contact-point" ? [`${entry.command} ${entry.channel}`] : [],
    );

  it("emails ends emails alone, and texts texts alone", () => {
    expect(channelsStopped(stops("email", "opted-out-of-emails"))).toEqual(["stop email"]);
    expect(channelsStopped(stops("text", "opted-out"))).toEqual(["stop sms"]);
  });

  it("asks for the person's words, and offers neither for the other", () => {
    expect(refusalOf(stops("email", "opted-out-of-emails", "")).sentence).toContain("note");
    expect(refusalOf(stops("email", "opted-out")).refused).toBe("invalid");
    expect(refusalOf(stops("text", "opted-out-of-emails")).refused).toBe("invalid");
  });
});
