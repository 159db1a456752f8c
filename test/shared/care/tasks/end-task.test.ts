import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import { openDecision, supersedeCalls } from "../../../../shared/care/ladders/move-ladder.ts";
import { isAbout, mayEnd, openInPlaceOf } from "../../../../shared/care/tasks/end-task.ts";
import { nextStepUp } from "../../../../shared/care/tasks/late-work.ts";
import { taskSk } from "../../../../shared/care/tasks/open-task.ts";
import { addHours } from "../../../../shared/care/time/instants.ts";
import { inProgram, ladder, ladderCall } from "../../../builders/complete.ts";
import { buildContext, buildState, buildTask, tuesdayMorning } from "../../../builders/state.ts";

const ctx = buildContext();
const dueAt = "2027-01-13T16:00:00.000Z";
const owed = { tier: "YELLOW", occurrence: "one", steps: [] } as const;

describe("what may end a task without its outcome", () => {
  const cases: readonly (readonly [string, Partial<CareTask>, readonly string[]])[] = [
    ["a first call", { taskKind: "first-contact-call" }, ["plan", "death"]],
    ["an aftercare call that is not late", { taskKind: "aftercare-call" }, ["plan", "death"]],
    ["one that is late", { taskKind: "aftercare-call", dueAt: tuesdayMorning }, ["death"]],
    ["a call that is owed", { taskKind: "check-in-call", owed }, ["death"]],
    ["a welfare decision that is owed", { taskKind: "outreach-call", owed }, ["death"]],
    ["a clinician's review", { taskKind: "clinician-review" }, ["death"]],
    ["a reply", { taskKind: "inbound-reply" }, []],
    ["an alert", { taskKind: "safety-follow-up", priority: "safety" }, []],
    ["what is at the head of the list", { taskKind: "outreach-call", priority: "safety" }, []],
  ];
  it.each(cases)("%s", (_what, fields, by) => {
    const task = buildTask({ dueAt, ...fields });
    for (const ending of ["plan", "death"] as const)
      expect([ending, mayEnd(task, ending, tuesdayMorning)]).toEqual([ending, by.includes(ending)]);
    expect(mayEnd({ ...task, status: "done" }, "superseded", tuesdayMorning)).toBe(false);
  });
});

describe("a newer task about the same", () => {
  const newer = {
    taskKind: "hours-review",
    occurrence: "w3",
    words: "Short in week 3.",
    dueAt: addHours(dueAt, 168),
  } as const;
  const open = (items: readonly CareTask[], isSame: (task: CareTask) => boolean = () => true) => {
    const draft = new Draft(buildState(inProgram, items), ctx);
    openInPlaceOf(draft, ctx, newer, isSame);
    return draft
      .items()
      .filter((item): item is CareTask => item.kind === "task" && item.status === "open");
  };

  it("takes the place of the older one, with its deadline and whoever has heard of it", () => {
    const handedUp = [{ from: "case-manager", to: "supervisor", at: dueAt }] as const;
    const older = buildTask({
      taskKind: "hours-review",
      sk: taskSk("hours-review", "w2"),
      dueAt,
      assignedFunction: "supervisor",
      priority: "urgent",
      handedUp,
    });
    expect(open([older])).toMatchObject([
      {
        words: "Short in week 3.",
        dueAt,
        assignedFunction: "supervisor",
        priority: "urgent",
        handedUp,
      },
    ]);
  });

  it("leaves what is of another kind, about something else, or owed to the person", () => {
    const others = [
      buildTask({ sk: "TASK#first-contact-call#a" }),
      buildTask({ taskKind: "hours-review", sk: taskSk("hours-review", "other-w2") }),
      buildTask({ taskKind: "hours-review", sk: taskSk("hours-review", "w1"), owed }),
    ];
    const after = open(others, isAbout("hours-review", "w"));
    expect(after.map(({ sk }) => sk)).toEqual([
      ...others.map(({ sk }) => sk),
      taskSk("hours-review", "w3"),
    ]);
    expect(after.at(-1)).toMatchObject({ dueAt: newer.dueAt, assignedFunction: "case-manager" });
  });
});

describe("a ladder on which nobody called", () => {
  it("never says that the person was not reached, and is the supervisor's to see", () => {
    const call = ladderCall();
    const draft = new Draft(buildState(inProgram, [ladder, call]), ctx);
    expect(supersedeCalls(draft, ladder)).toBe(1);
    const climbed = draft.item(ladder.sk);
    if (climbed?.kind !== "outreach") throw new Error("There is no ladder");
    openDecision(draft, ctx, climbed, "ran-out");
    const [decision, ...others] = draft
      .items()
      .filter((item): item is CareTask => item.kind === "task" && item.status === "open");
    expect(others).toEqual([]);
    expect(decision).toMatchObject({
      taskKind: "outreach-decision",
      assignedFunction: "supervisor",
      handedUp: [{ from: "case-manager", to: "supervisor" }],
    });
    expect(decision?.words).toContain("nobody called");
    expect(decision?.words).not.toContain("Not reached");
    // And whoever comes after the supervisor still hears of it when it is late.
    expect(decision === undefined ? undefined : nextStepUp(decision)?.to).toBe("clinical-lead");
  });
});
