import { describe, expect, it } from "vitest";
import {
  type ApprovalDecision,
  decideApproval,
} from "../../../../shared/care/approvals/decide-approval.ts";
import { decisionAt } from "../../../../shared/care/approvals/open-approval.ts";
import { retractDecision } from "../../../../shared/care/approvals/retract-decision.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../../../shared/care/episode/escalation.ts";
import { addMinutes } from "../../../../shared/care/time/instants.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  clinician,
  staff,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { carriedOut, changeOf, refusalOf } from "../../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });
const approval = buildTask({ taskKind: "admission-approval", proposal: "suitable" });

function at(seconds: number, actor = caseManager) {
  return buildContext({ actor, now: addMinutes(tuesdayMorning, seconds / 60) });
}

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

describe("deciding an approval", () => {
  it("rests for half a minute before anything follows from it", () => {
    const state = carriedOut(stateWith(), decide(stateWith(), { choice: "wait" }));
    const task = taskIn(state);
    expect(task).toMatchObject({
      status: "open",
      decision: { decision: "approved", decidedBy: "casey", choice: "wait" },
    });
    expect(decisionAt(task, tuesdayMorning)).toEqual({
      state: "resting",
      until: "2027-01-12T16:00:30.000Z",
    });
    expect(decisionAt(task, at(30).now)).toEqual({ state: "approved" });
    expect(decisionAt(approval, tuesdayMorning)).toEqual({ state: "open" });
  });

  it("names the winner to whoever comes second: one decision stands", () => {
    const decided = carriedOut(stateWith(), decide(stateWith()));
    const second = decide(decided, { decision: "rejected" }, at(5, clinician));
    expect(refusalOf(second)).toMatchObject({
      refused: "already-decided",
      sentence: `{staff:casey} was first: “Admit”, at ${tuesdayMorning}.`,
      details: { decidedBy: "casey", decision: "approved", decidedAt: tuesdayMorning },
    });
    const waiting = carriedOut(stateWith(), decide(stateWith(), { choice: "wait" }));
    expect(refusalOf(decide(waiting)).details).toMatchObject({ choice: "wait" });
  });

  it("is made by whom the program names, and only once it was read as it stands", () => {
    const stranger = buildContext({ actor: staff("robin", "group-leader") });
    expect(refusalOf(decide(stateWith(), {}, stranger)).sentence).toBe(
      "This is decided by: case-manager, clinician, clinical-lead.",
    );
    expect(refusalOf(decide(stateWith(), { version: 9 })).refused).toBe("stale-version");
    expect(refusalOf(decide(stateWith(), {}, buildContext())).sentence).toBe(
      "Only a member of staff can do this.",
    );
  });

  it("needs a reason and a choice that exists", () => {
    expect(refusalOf(decide(stateWith(), { reason: " " })).sentence).toBe(
      "Say why, in a few words.",
    );
    expect(refusalOf(decide(stateWith(), { choice: "later" })).sentence).toBe(
      "later is no choice here. Choose one of: admit, wait.",
    );
    const week = buildTask({ taskKind: "week-review-approval", proposal: "discharge" });
    const state = stateWith(week, { status: "active" });
    expect(refusalOf(decide(state, { choice: "admit" }, ctx, week)).sentence).toContain("step-up");
  });

  it("is refused for tasks that are none, that are gone, and in a pathway that has ended", () => {
    const call = buildTask();
    expect(refusalOf(decide(stateWith(call), {}, ctx, call)).sentence).toBe(
      "This task is no approval. Record its outcome instead.",
    );
    expect(refusalOf(decide(buildState(buildEpisode(), []))).refused).toBe("not-found");
    const cancelled = { ...approval, status: "cancelled" } as const;
    expect(refusalOf(decide(stateWith(cancelled))).sentence).toContain("the pathway moved on");
    expect(refusalOf(decide(stateWith(approval, { status: "withdrawn" }))).sentence).toContain(
      "has ended",
    );
  });

  it("is made by somebody else than whoever asked for it, who may only take it back", () => {
    const own = buildTask({
      taskKind: "discharge-approval",
      requestedBy: "casey",
      proposal: "moved",
      evidence: { disposition: "moved" },
    });
    const state = stateWith(own, { status: "discharge-planning", disposition: "moved" });
    expect(refusalOf(decide(state, {}, ctx, own)).sentence).toContain(
      "Somebody else has to approve",
    );
    expect(changeOf(decide(state, { decision: "rejected" }, ctx, own)).audit.action).toBe(
      "discharge-rejected",
    );
    expect(changeOf(decide(state, {}, at(0, clinician), own)).audit.action).toBe(
      "discharge-approved",
    );
  });

  it("wakes out of a snooze", () => {
    const asleep = { ...approval, snoozedUntil: "2027-01-13T09:00:00.000Z" };
    expect(taskIn(carriedOut(stateWith(asleep), decide(stateWith(asleep)))).snoozedUntil).toBe(
      undefined,
    );
  });
});

describe("the lock of an open alert", () => {
  const alert: Escalation = {
    kind: "escalation",
    sk: "ESC#one#rule",
    version: 1,
    escalationId: "e1",
    tier: "RED",
    status: "open",
    raisedAt: tuesdayMorning,
    contactDueAt: tuesdayMorning,
    trigger: { source: "text", rule: "crisis-words.en.1" },
    reason: "Words in a text may speak of danger.",
    pageTier: 0,
    pageAttempt: 0,
    tierEndsAt: tuesdayMorning,
    acknowledgements: [],
    contacts: [],
    confirmed: false,
  };
  const discharge = buildTask({
    taskKind: "discharge-approval",
    evidence: { disposition: "completed" },
  });
  const week = buildTask({ taskKind: "week-review-approval", proposal: "discharge" });
  const openEscalations = [{ escalationId: "e1", tier: "RED" as const }];

  function stateOf(task: CareTask, confirmed: boolean): OpenState {
    const episode = buildEpisode({ status: "discharge-planning", openEscalations });
    return buildState(episode, [task, { ...alert, confirmed }]);
  }

  it("holds a discharge as completed and a step down once the alert is confirmed", () => {
    expect(refusalOf(decide(stateOf(discharge, true), {}, ctx, discharge))).toMatchObject({
      refused: "locked-by-safety",
      details: { openAlerts: 1, escalationId: "e1" },
    });
    const down = decide(stateOf(week, true), { choice: "step-down" }, ctx, week);
    expect(refusalOf(down).refused).toBe("locked-by-safety");
    expect(
      changeOf(decide(stateOf(week, true), { choice: "step-up" }, ctx, week)).puts,
    ).toHaveLength(1);
  });

  it("lets words that nobody has confirmed lock nothing", () => {
    expect(changeOf(decide(stateOf(discharge, false), {}, ctx, discharge)).puts).toHaveLength(1);
  });

  it("lets a rejection through, and locks for an alert that is out of sight", () => {
    const rejected = decide(stateOf(discharge, true), { decision: "rejected" }, ctx, discharge);
    expect(changeOf(rejected).puts).toHaveLength(1);
    const unseen = stateWith(discharge, { status: "discharge-planning", openEscalations });
    expect(refusalOf(decide(unseen, {}, ctx, discharge)).refused).toBe("locked-by-safety");
  });
});

describe("taking a decision back", () => {
  const decided = carriedOut(stateWith(), decide(stateWith()));
  const command = { taskSk: approval.sk };

  it("puts the question on the table again within 30 seconds", () => {
    const state = carriedOut(decided, retractDecision(decided, command, at(29)));
    expect(taskIn(state).decision).toBeUndefined();
    const again = taskIn(state);
    const change = decide(state, { decision: "rejected", version: again.version }, at(29), again);
    expect(changeOf(change).audit.action).toBe("admission-rejected");
  });

  it("is too late once the decision has taken effect", () => {
    expect(refusalOf(retractDecision(decided, command, at(30))).sentence).toBe(
      "A decision can be taken back for 30 seconds. This one has taken effect.",
    );
    const carried = stateWith({ ...taskIn(decided), status: "done" });
    expect(refusalOf(retractDecision(carried, command, at(10))).refused).toBe("not-now");
  });

  it("is for whoever decided, and only where something was decided", () => {
    expect(refusalOf(retractDecision(decided, command, at(5, clinician))).sentence).toBe(
      "Only {staff:casey} can take this decision back.",
    );
    expect(refusalOf(retractDecision(stateWith(), command, ctx)).sentence).toBe(
      "There is no decision to take back.",
    );
    expect(refusalOf(retractDecision(decided, command, buildContext())).refused).toBe(
      "not-allowed",
    );
    expect(refusalOf(retractDecision(decided, { taskSk: "TASK#no" }, ctx)).refused).toBe(
      "not-found",
    );
    const ended = stateWith(approval, { status: "closed" });
    expect(refusalOf(retractDecision(ended, command, ctx)).sentence).toContain("has ended");
  });
});
