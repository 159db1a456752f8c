import { describe, expect, it } from "vitest";
import {
  type ApprovalDecision,
  decideApproval,
} from "../../../../shared/care/approvals/decide-approval.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../../shared/care/episode/episode-item.ts";
import { snoozeTask } from "../../../../shared/care/pathway/snooze-task.ts";
import { assignTask } from "../../../../shared/care/tasks/assign-task.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { carriedOut, refusalOf } from "../../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });
const approval = buildTask({ taskKind: "admission-approval", proposal: "suitable" });

function stateWith(task: CareTask = approval, episode: Partial<Episode> = {}): OpenState {
  return buildState(buildEpisode({ status: "assessed", ...episode }), [task]);
}

function decide(
  state: OpenState,
  more: Partial<ApprovalDecision> = {},
  context = ctx,
  task: CareTask = approval,
) {
  return decideApproval(
    state,
    {
      taskSk: task.sk,
      decision: "approved",
      reason: "Fits the program",
      version: task.version,
      ...more,
    },
    context,
  );
}

function taskIn(state: OpenState, sk = approval.sk): CareTask {
  const item = state.items.get(sk);
  if (item?.kind !== "task") throw new Error("There is no such task");
  return item;
}

describe("handing over and putting off", () => {
  const call = buildTask();
  const state = stateWith(call);

  it("hands a task to a person; the function stays", () => {
    const change = assignTask(state, { taskSk: call.sk, staffId: "robin", version: 1 }, ctx);
    expect(taskIn(carriedOut(state, change), call.sk)).toMatchObject({
      assignedTo: "robin",
      assignedFunction: "case-manager",
    });
    const stale = assignTask(state, { taskSk: call.sk, staffId: "robin", version: 3 }, ctx);
    expect(refusalOf(stale).details).toEqual({ version: 1 });
    expect(refusalOf(assignTask(state, { taskSk: "no", staffId: "robin" }, ctx)).refused).toBe(
      "not-found",
    );
    const bySystem = assignTask(state, { taskSk: call.sk, staffId: "robin" }, buildContext());
    expect(refusalOf(bySystem).refused).toBe("not-allowed");
  });

  it("puts a task off, for two weeks at most", () => {
    const until = "2027-01-14T14:00:00.000Z";
    const put = carriedOut(state, snoozeTask(state, { taskSk: call.sk, until }, ctx));
    expect(taskIn(put, call.sk).snoozedUntil).toBe(until);
    const long = snoozeTask(state, { taskSk: call.sk, until: "2027-02-14T14:00:00Z" }, ctx);
    expect(refusalOf(long).sentence).toBe("A task can be put off for two weeks at most.");
    for (const wrong of [tuesdayMorning, "yesterday"]) {
      const refused = refusalOf(snoozeTask(state, { taskSk: call.sk, until: wrong }, ctx));
      expect(refused.sentence).toBe("Choose an instant in the future.");
    }
  });

  it("never puts a safety task past its window, nor what is decided or done", () => {
    const safety = buildTask({ priority: "safety" });
    const past = snoozeTask(
      stateWith(safety),
      { taskSk: safety.sk, until: "2027-01-13T16:00:01Z" },
      ctx,
    );
    expect(refusalOf(past).refused).toBe("locked-by-safety");
    const decided = carriedOut(stateWith(), decide(stateWith()));
    const until = "2027-01-13T16:00:00Z";
    expect(refusalOf(snoozeTask(decided, { taskSk: approval.sk, until }, ctx)).sentence).toContain(
      "decided already",
    );
    const done = stateWith({ ...call, status: "done" });
    expect(refusalOf(snoozeTask(done, { taskSk: call.sk, until }, ctx)).refused).toBe(
      "already-decided",
    );
    expect(refusalOf(snoozeTask(state, { taskSk: "no", until }, ctx)).refused).toBe("not-found");
    expect(refusalOf(snoozeTask(state, { taskSk: call.sk, until }, buildContext())).refused).toBe(
      "not-allowed",
    );
  });
});
