import { describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { taskKinds } from "../../../shared/care/episode/task-kinds.ts";
import { outcomesFor } from "../../../shared/care/tasks/task-outcomes.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { buildSession } from "../../builders/attendance.ts";
import { complete, asCaseManager as ctx, inProgram, taskIn } from "../../builders/complete.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  clinicalLead,
  clinician,
  episodeId,
  tuesdayMorning,
} from "../../builders/state.ts";
import {
  carriedOut,
  changeOf,
  itemsOf,
  openTaskOf,
  openTasks,
  refusalOf,
} from "../../builders/steps.ts";

describe("recording what came of a task", () => {
  it("closes the task with who recorded what, and one audit entry", () => {
    const task = buildTask({ taskKind: "hours-review" });
    const { result, stateAfter } = complete(task, "reviewed");
    expect(taskIn(stateAfter(), task.sk)).toMatchObject({
      status: "done",
      outcome: { code: "reviewed", recordedBy: "casey", recordedAt: tuesdayMorning },
    });
    expect(changeOf(result).audit).toMatchObject({
      action: "task-done",
      facts: { taskKind: "hours-review", outcome: "reviewed" },
    });
  });

  it("refuses an outcome that the kind does not have, and lists those it has", () => {
    const { result } = complete(buildTask({ taskKind: "hours-review" }), "reached");
    expect(refusalOf(result)).toMatchObject({
      refused: "invalid",
      sentence:
        "reached is no outcome of this task. Choose one of: reviewed, make-up-planned, plan-changed.",
    });
  });

  it("offers outcomes for every kind but approvals and alerts", () => {
    for (const taskKind of taskKinds) {
      const isElsewhere = taskKind.endsWith("-approval") || taskKind === "safety-follow-up";
      expect(outcomesFor(buildTask({ taskKind })).length > 0, taskKind).toBe(!isElsewhere);
    }
  });

  it("refuses approvals: they are decided", () => {
    const { result } = complete(buildTask({ taskKind: "admission-approval" }), "reached");
    expect(refusalOf(result).sentence).toBe(
      "This is a decision. Approve or reject it, with a reason.",
    );
  });

  it("refuses to end a safety alert by its task", () => {
    const alert = buildTask({
      taskKind: "safety-follow-up",
      about: { type: "escalation", id: "esc-1" },
    });
    expect(refusalOf(complete(alert, "reached").result)).toMatchObject({
      refused: "not-now",
      details: { escalationId: "esc-1" },
    });
  });

  it("refuses a second ending and names who was first", () => {
    const task = buildTask({
      status: "done",
      outcome: { code: "reached", recordedBy: "robin", recordedAt: tuesdayMorning },
    });
    expect(refusalOf(complete(task, "reached").result)).toMatchObject({
      refused: "already-decided",
      sentence: "This task is done already, by {staff:robin}.",
      details: { by: "robin", outcome: "reached" },
    });
  });

  it("refuses a task that is not needed any more, an unknown one, and anybody but staff", () => {
    const cancelled = buildTask({ status: "cancelled" });
    expect(refusalOf(complete(cancelled, "reached").result).sentence).toContain("not needed");
    const state = buildState(inProgram, []);
    const unknown = completeTask(state, { taskSk: "TASK#none", outcome: "done" }, ctx);
    expect(refusalOf(unknown).refused).toBe("not-found");
    const bySystem = complete(buildTask(), "reached", {}, [], inProgram, buildContext());
    expect(refusalOf(bySystem.result).sentence).toBe("Only a member of staff can do this.");
  });

  it("lets only those answer for a clinical review who may", () => {
    const task = buildTask({ taskKind: "clinician-review", assignedFunction: "clinician" });
    expect(refusalOf(complete(task, "reviewed").result).sentence).toBe(
      "This is recorded by: clinician, clinical-lead, prescriber, nurse.",
    );
    const byClinician = complete(
      task,
      "reviewed",
      {},
      [],
      inProgram,
      buildContext({ actor: clinician }),
    );
    expect(taskIn(byClinician.stateAfter(), task.sk).status).toBe("done");
    const supervisors = buildTask({ taskKind: "clinician-review", assignedFunction: "supervisor" });
    const refused = complete(
      supervisors,
      "reviewed",
      {},
      [],
      inProgram,
      buildContext({ actor: clinician }),
    );
    expect(refusalOf(refused.result).sentence).toContain("supervisor");
    const lead = complete(
      supervisors,
      "reviewed",
      {},
      [],
      inProgram,
      buildContext({ actor: clinicalLead }),
    );
    expect(taskIn(lead.stateAfter(), supervisors.sk).status).toBe("done");
  });
});

describe("notes", () => {
  it("keeps what staff write in identity and only its id in care state and audit", () => {
    const task = buildTask({ taskKind: "inbound-reply" });
    const { result, stateAfter } = complete(task, "answered", { note: "Her bus was late" });
    const change = changeOf(result);
    const [put] = change.identityPuts;
    expect(put).toMatchObject({
      pk: `NOTES#${episodeId}`,
      attributes: { kind: "note", source: "staff", text: "Her bus was late", by: "casey" },
    });
    const noteId = taskIn(stateAfter(), task.sk).outcome?.noteId ?? "";
    expect(put?.sk).toBe(`NOTE#${noteId}`);
    expect(JSON.stringify([change.episode, change.puts, change.audit])).not.toContain("bus");
  });

  it("raises an alert that locks, in the same change, when staff are worried", () => {
    const { result, stateAfter } = complete(buildTask(), "reached", { safetyConcern: true });
    const [alert] = itemsOf(stateAfter(), "escalation");
    expect(alert).toMatchObject({
      tier: "ORANGE",
      confirmed: true,
      trigger: { source: "staff", rule: "staff-concern" },
    });
    expect(changeOf(result).outbox).toContainEqual(
      expect.objectContaining({ kind: "page", tier: 0, attempt: 0 }),
    );
  });

  it("reads a note for words of crisis: they page and lock nothing", () => {
    const { stateAfter } = complete(buildTask(), "reached", { note: "She said: I want to die." });
    const [alert] = itemsOf(stateAfter(), "escalation");
    expect(alert).toMatchObject({ tier: "RED", confirmed: false, trigger: { source: "staff" } });
  });

  it("writes nothing for a note of blanks", () => {
    const { result } = complete(buildTask(), "reached", { note: "   " });
    expect(changeOf(result).identityPuts).toEqual([]);
  });
});

describe("calls", () => {
  it("makes a call again that reached nobody, and asks for a decision after three tries", () => {
    const first = buildTask({ taskKind: "first-contact-call" });
    let state = complete(first, "not-reached").stateAfter();
    expect(state.episode.unreachedContacts).toBe(1);
    const second = openTaskOf(state, "first-contact-call");
    expect(second.sk).toBe("TASK#first-contact-call#one-try2");
    expect(second.dueAt > tuesdayMorning).toBe(true);
    state = carriedOut(
      state,
      completeTask(state, { taskSk: second.sk, outcome: "left-voicemail" }, ctx),
    );
    const third = openTaskOf(state, "first-contact-call");
    expect(third.sk).toBe("TASK#first-contact-call#one-try3");
    state = carriedOut(
      state,
      completeTask(state, { taskSk: third.sk, outcome: "not-reached" }, ctx),
    );
    expect(openTasks(state, "first-contact-call")).toEqual([]);
    expect(openTaskOf(state, "outreach-decision").words).toContain("Not reached in 3 calls");
    expect(state.episode.unreachedContacts).toBe(3);
  });

  it("forgets missed calls once somebody was reached", () => {
    const episode = { ...inProgram, unreachedContacts: 2 };
    const { stateAfter } = complete(buildTask(), "reached", {}, [], episode);
    expect(stateAfter().episode.unreachedContacts).toBe(0);
  });

  it("asks a person what happens after somebody declined", () => {
    const state = complete(buildTask(), "declined").stateAfter();
    expect(openTaskOf(state, "outreach-decision").words).toBe(
      "Reached, and declined. Decide what happens now.",
    );
  });

  it("stops using a wrong number, moves its messages, and asks for another one", () => {
    const text = buildMessage();
    const state = complete(buildTask(), "wrong-number", {}, [text]).stateAfter();
    expect(state.episode.reach.sms).toBeUndefined();
    expect(state.items.get(text.sk)).toMatchObject({ status: "SUPPRESSED" });
    expect(itemsOf(state, "message").find((one) => one.channel === "email")).toMatchObject({
      status: "PLANNED",
      sendAt: text.sendAt,
    });
    expect(openTaskOf(state, "channel-needed").words).toContain("belongs to somebody else");
  });

  it("ends all texts where staff read that the person wants none", () => {
    const task = buildTask({ taskKind: "inbound-reply" });
    const { result } = complete(task, "opted-out", { note: "Wrote: enough of this" });
    expect(changeOf(result).outbox).toContainEqual({
      kind: "contact-point",
      contactPointId: "cp-sms",
      channel: "sms",
      command: "stop",
      by: expect.objectContaining({ kind: "staff" }),
    });
  });

  it("ends the referral when the person withdraws on the phone", () => {
    const state = complete(
      buildTask(),
      "withdrew",
      {},
      [],
      buildEpisode({ status: "screening" }),
    ).stateAfter();
    expect(state.episode).toMatchObject({ status: "withdrawn", closingReason: "withdrew" });
    const ended = buildEpisode({ status: "closed" });
    expect(refusalOf(complete(buildTask(), "withdrew", {}, [], ended).result).sentence).toBe(
      "There is nothing to withdraw from any more.",
    );
  });
});

describe("what an outcome says was agreed", () => {
  const later = "2027-01-14T15:00:00.000Z";
  const booked = (more: Partial<Session>) =>
    buildSession({ scheduledStartAt: later, status: "planned", ...more });
  const visit = { seriesId: "v1", startAt: later, endAt: "2027-01-14T16:00:00.000Z" };

  it.each(["hours-review", "hours-forecast"] as const)(
    "about make-up places in a task %s is booked first: else nobody expects the person there",
    (taskKind) => {
      const record = (...sessions: Session[]) =>
        complete(buildTask({ taskKind }), "make-up-planned", {}, sessions).result;
      const none = [
        record(),
        record(booked({})),
        record(booked({ isMakeUp: true, status: "cancelled" })),
        record(booked({ isMakeUp: true, scheduledStartAt: tuesdayMorning })),
      ];
      for (const one of none)
        expect(refusalOf(one)).toMatchObject({
          refused: "not-now",
          sentence: expect.stringContaining("Book it on the person's schedule"),
        });
      for (const one of [record(booked({ isMakeUp: true })), record(booked({ visit }))])
        expect(changeOf(one).audit.facts.outcome).toBe("make-up-planned");
    },
  );

  it.each([
    ["channel-needed", "way-agreed", "what was agreed"],
    ["transfer-declined", "passed-on", "what was agreed"],
    ["inbound-reply", "passed-on", "to whom it was passed on"],
  ] as const)("in a task %s with %s is written down: %s", (taskKind, outcome, asked) => {
    for (const note of [undefined, "  "])
      expect(
        refusalOf(
          complete(buildTask({ taskKind }), outcome, note === undefined ? {} : { note }).result,
        ),
      ).toMatchObject({
        refused: "invalid",
        sentence: expect.stringContaining(asked),
      });
    const { result } = complete(buildTask({ taskKind }), outcome, { note: "Rings on Fridays" });
    expect(changeOf(result).identityPuts).toHaveLength(1);
  });
});
