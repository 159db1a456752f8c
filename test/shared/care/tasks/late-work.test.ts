import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../../../shared/care/episode/episode-item.ts";
import { type TaskKind, taskKinds } from "../../../../shared/care/episode/task-kinds.ts";
import type { StaffFunction } from "../../../../shared/care/program/staff-functions.ts";
import { callAgain } from "../../../../shared/care/tasks/call-again.ts";
import { handUpLateTask, nextStepUp, ownerOf } from "../../../../shared/care/tasks/late-work.ts";
import { taskKindRecords } from "../../../../shared/care/tasks/task-kinds.ts";
import { recordedBy } from "../../../../shared/care/tasks/task-outcomes.ts";
import { addHours } from "../../../../shared/care/time/instants.ts";
import { inProgram, taskIn } from "../../../builders/complete.ts";
import { buildContext, buildState, buildTask } from "../../../builders/state.ts";
import { carriedOut, openTasks } from "../../../builders/steps.ts";

const dueAt = "2027-01-13T16:00:00.000Z";

/** Everybody who gets a task that nobody does, with the instants, from when it is due on. */
function handovers(task: CareTask): {
  readonly state: OpenState;
  readonly steps: readonly (readonly [string, StaffFunction])[];
} {
  let state = buildState(inProgram, [task]);
  const steps: (readonly [string, StaffFunction])[] = [];
  for (;;) {
    const step = nextStepUp(taskIn(state, task.sk));
    if (step === undefined) return { state, steps };
    const early = buildContext({ now: addHours(step.at, -1 / 60) });
    expect(handUpLateTask(state, early, task.sk)).toBeUndefined();
    state = carriedOut(state, handUpLateTask(state, buildContext({ now: step.at }), task.sk));
    steps.push([step.at, taskIn(state, task.sk).assignedFunction]);
  }
}

const kindsWithOwners = taskKinds.flatMap((kind): [TaskKind, StaffFunction][] =>
  taskKindRecords[kind].late === undefined
    ? []
    : taskKindRecords[kind].owners.map((owner) => [kind, owner]),
);

describe("work that is not done in time", () => {
  it.each(kindsWithOwners)(
    "%s of the %s is heard of by somebody new at its time",
    (taskKind, assignedFunction) => {
      const task = buildTask({ taskKind, assignedFunction, dueAt });
      const { state, steps } = handovers(task);
      const [first, second, ...others] = steps;
      expect(first?.[0]).toBe(dueAt);
      if (second !== undefined) expect(second[0]).toBe(addHours(dueAt, 24));
      expect(others).toEqual([]);
      const hearers = steps.map(([, to]) => to);
      expect(new Set([assignedFunction, ...hearers]).size).toBe(hearers.length + 1);
      const { late } = taskKindRecords[taskKind];
      expect(late === undefined ? [] : [late.next, late.last]).toEqual(
        expect.arrayContaining(hearers),
      );
      const after = taskIn(state, task.sk);
      expect(after).toMatchObject({ status: "open", dueAt, priority: "urgent" });
      expect(ownerOf(after)).toBe(assignedFunction);
    },
  );

  it("goes off the desk of who did not do it, and is put off no longer", () => {
    const { state } = handovers(
      buildTask({ dueAt, assignedTo: "casey", snoozedUntil: "2027-01-20T16:00:00.000Z" }),
    );
    const [task] = openTasks(state);
    expect(task?.assignedTo).toBeUndefined();
    expect(task?.snoozedUntil).toBeUndefined();
    expect(task?.handedUp).toEqual([
      { from: "case-manager", to: "supervisor", at: dueAt },
      { from: "supervisor", to: "clinical-lead", at: addHours(dueAt, 24) },
    ]);
  });

  it("stays a nurse's or a clinician's to record, whoever it was handed up to", () => {
    const supply = buildTask({
      taskKind: "discharge-checklist",
      about: { type: "checklist-item", id: "medication-supply" },
      assignedFunction: "nurse",
      dueAt,
    });
    const review = buildTask({
      taskKind: "clinician-review",
      assignedFunction: "clinician",
      dueAt,
    });
    for (const task of [supply, review]) {
      const late = taskIn(handovers(task).state, task.sk);
      expect(late.assignedFunction).not.toBe(task.assignedFunction);
      expect(recordedBy(late)).toEqual(recordedBy(task));
    }
  });

  it("is tried again by whose work it is after a call that reached nobody", () => {
    const { state } = handovers(buildTask({ taskKind: "first-contact-call", dueAt }));
    const [late] = openTasks(state);
    const ctx = buildContext({ now: addHours(dueAt, 30) });
    const draft = new Draft(state, ctx);
    callAgain(draft, ctx, late as CareTask);
    const again = draft.items().find((item) => item.kind === "task" && item.sk !== late?.sk);
    expect(again).toMatchObject({ assignedFunction: "case-manager", status: "open" });
  });

  it("leaves alone what is done, and what is owed to the person and climbs by steps of its own", () => {
    const done = buildTask({ dueAt, status: "done" });
    const owed = buildTask({
      dueAt,
      owed: { tier: "ROUTINE", occurrence: "one", steps: [{ to: "clinical-lead", at: dueAt }] },
    });
    const ctx = buildContext({ now: addHours(dueAt, 1) });
    for (const task of [done, owed])
      expect(handUpLateTask(buildState(inProgram, [task]), ctx, task.sk)).toBeUndefined();
  });
});
