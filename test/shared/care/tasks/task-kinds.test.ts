import { describe, expect, it } from "vitest";
import { approvalKinds } from "../../../../shared/care/approvals/approval-kinds.ts";
import { Draft } from "../../../../shared/care/change/draft.ts";
import { taskKinds } from "../../../../shared/care/episode/task-kinds.ts";
import { cancelTasks, cancelTasksAfterDeath } from "../../../../shared/care/pathway/end-plans.ts";
import { staffFunctions } from "../../../../shared/care/program/staff-functions.ts";
import { findTask, openTask } from "../../../../shared/care/tasks/open-task.ts";
import { isApprovalKind, taskKindRecords } from "../../../../shared/care/tasks/task-kinds.ts";
import { outcomesFor } from "../../../../shared/care/tasks/task-outcomes.ts";
import { complete, inProgram, ladder, ladderCall, taskIn } from "../../../builders/complete.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  episodeId,
  staff,
} from "../../../builders/state.ts";
import { openTaskOf, openTasks, refusalOf } from "../../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });

describe("every kind of task", () => {
  it.each(taskKinds)("%s opens with the owner, the time and the urgency of its record", (kind) => {
    const draft = new Draft(buildState(inProgram), ctx);
    openTask(draft, ctx, { taskKind: kind, occurrence: "one", words: "Work." });
    const task = findTask(draft, kind, "one");
    const record = taskKindRecords[kind];
    expect(task).toMatchObject({
      assignedFunction: record.owners[0],
      priority: record.priority,
      isApproval: Object.hasOwn(approvalKinds, kind),
    });
    expect(task?.dueAt.localeCompare(ctx.now)).toBe(1);
    for (const owner of record.owners) expect(staffFunctions).toContain(owner);
  });

  it.each(taskKinds)("%s is decided, closed by a clinician, or has outcomes of its own", (kind) => {
    const values = outcomesFor(buildTask({ taskKind: kind })).map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
    const isElsewhere = isApprovalKind(kind) || kind === "safety-follow-up";
    expect(values.length > 0).toBe(!isElsewhere);
    // Who hears of it when it is late is said by the record, or by the program and by the alert's clocks.
    expect(taskKindRecords[kind].late === undefined).toBe(isElsewhere);
  });

  it.each(taskKinds)("%s is ended by a plan or a death only where its record says so", (kind) => {
    const staysOpen = (end: (draft: Draft) => void, dueAt = "2027-01-13T16:00:00.000Z") => {
      const open = buildTask({ taskKind: kind, priority: "normal", dueAt });
      const draft = new Draft(buildState(inProgram, [open]), ctx);
      end(draft);
      const item = draft.item(open.sk);
      return item?.kind === "task" && item.status === "open";
    };
    const { endedBy } = taskKindRecords[kind];
    const isPlans = endedBy === "plan" || endedBy === "plan-until-late";
    expect(staysOpen((draft) => cancelTasks(draft))).toBe(!isPlans);
    expect(staysOpen((draft) => cancelTasks(draft), ctx.now)).toBe(endedBy !== "plan");
    expect(staysOpen((draft) => cancelTasksAfterDeath(draft))).toBe(endedBy === "nothing");
  });
});

describe("what an outcome says about contact", () => {
  const missed = buildEpisode({ ...inProgram, unreachedContacts: 2 });

  it("takes no ticked item for a talk with the person", () => {
    const item = buildTask({
      taskKind: "discharge-checklist",
      about: { type: "checklist-item", id: "follow-up-visit" },
    });
    const state = complete(item, "done", {}, [], missed).stateAfter();
    expect(state.episode.unreachedContacts).toBe(2);
  });

  it("counts no missed contact where nobody may be rung", () => {
    const state = complete(ladderCall("contact-person"), "no-release", {}, [ladder]).stateAfter();
    expect(state.episode.unreachedContacts).toBe(inProgram.unreachedContacts);
  });

  it("asks what happens now where the last number of a ladder is somebody else's", () => {
    const ranOut = { ...ladder, status: "decision-needed", nextRung: 3 } as const;
    const state = complete(ladderCall(), "wrong-number", {}, [ranOut]).stateAfter();
    expect(openTaskOf(state, "outreach-decision").about?.id).toBe("outreach-1");
  });

  it("asks what happens now where the letter was the last thing to try", () => {
    const ranOut = { ...ladder, status: "decision-needed", nextRung: 3 } as const;
    const state = complete(ladderCall("letter"), "sent", {}, [ranOut]).stateAfter();
    expect(openTasks(state, "outreach-decision")).toHaveLength(1);
  });
});

describe("a checklist item that is a nurse's or a clinician's", () => {
  const driverId = `discharge-${episodeId}-d6`;
  const item = (name: string, assignedFunction: "nurse" | "clinician" | "case-manager") =>
    buildTask({
      taskKind: "discharge-checklist",
      sk: `TASK#discharge-checklist#${name}`,
      about: { type: "checklist-item", id: name },
      assignedFunction,
      driverId,
    });
  const visit = item("follow-up-visit", "case-manager");
  const screen = item("suicide-screen", "clinician");
  const as = (...functions: Parameters<typeof staff>[1][]) =>
    buildContext({ actor: staff("nell", ...functions) });

  it("is ticked by one, and not by a case manager", () => {
    const refusal = refusalOf(complete(screen, "done").result);
    expect(refusal).toMatchObject({
      refused: "not-allowed",
      sentence: "This is recorded by: clinician, clinical-lead, prescriber.",
    });
    const supply = item("medication-supply", "nurse");
    expect(refusalOf(complete(supply, "done").result).refused).toBe("not-allowed");
    const byNurse = complete(supply, "done", {}, [], inProgram, as("nurse")).stateAfter();
    expect(taskIn(byNurse, supply.sk).status).toBe("done");
    const byClinician = complete(screen, "done", {}, [], inProgram, as("clinician")).stateAfter();
    expect(taskIn(byClinician, screen.sk).status).toBe("done");
  });

  it("is not ticked along with an item of the case manager's on the same page", () => {
    const answers = { "follow-up-visit": true, "suicide-screen": true };
    const refusal = refusalOf(complete(visit, "done", { answers }, [screen]).result);
    expect(refusal).toMatchObject({ refused: "not-allowed" });
    const own = { "follow-up-visit": true };
    const state = complete(visit, "done", { answers: own }, [screen]).stateAfter();
    expect(openTasks(state).map(({ sk }) => sk)).toEqual([screen.sk]);
  });
});
