import type { ApprovalWay } from "../../shared/care/approvals/approval-kinds.ts";
import { restSeconds } from "../../shared/care/approvals/decide-approval.ts";
import type { Change } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Message } from "../../shared/care/episode/message.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { toInstant } from "../../shared/care/time/instants.ts";
import { workflowActs } from "../all-acts.ts";
import { workflowReviews } from "../registry.ts";
import { nextStep, resumeStep, stepOf } from "./next-step.ts";

/** Steps after which a run that is followed would go round in a circle. */
const maxSteps = 40;

/** What a decision leads to by itself. */
export type Foreseen = {
  /** Messages that it plans, in the order in which they go. */
  readonly messages: readonly Message[];
  /** Calls that it asks people for, where no message may go. */
  readonly calls: readonly CareTask[];
};

const callKinds: readonly string[] = ["message-gap", "channel-needed", "interpreted-call"];

/**
 * What one way to decide would lead to: the decision is made in a copy, and the workflows go on from there until they
 * wait, by the very steps that they will take. Nothing is written.
 */
export function foreseeDecision(
  state: OpenState,
  ctx: DecisionContext,
  task: CareTask,
  way: Pick<ApprovalWay, "decision" | "choice">,
): Foreseen {
  const effectiveAt = toInstant(Date.parse(ctx.now) + restSeconds * 1000);
  const decided: CareTask = {
    ...task,
    decision: {
      decision: way.decision,
      decidedBy: "preview",
      decidedAt: ctx.now,
      reasonEntry: state.episode.audit.sequence + 1,
      ...(way.choice === undefined ? {} : { choice: way.choice }),
      effectiveAt,
    },
  };
  const then = { ...ctx, now: effectiveAt };
  let next: OpenState = { ...state, items: new Map(state.items).set(task.sk, decided) };
  const seen = new Set<string>();
  for (;;) {
    const run = [...next.items.values()].find(
      (item): item is WorkflowRun =>
        item.kind === "driver" && item.status === "running" && !seen.has(item.sk),
    );
    if (run === undefined) break;
    seen.add(run.sk);
    next = follow(next, run.sk, then);
  }
  const fresh = [...next.items.values()].filter(({ sk }) => !state.items.has(sk));
  return {
    messages: fresh
      .filter((item): item is Message => item.kind === "message" && item.status === "PLANNED")
      .toSorted((left, right) => left.sendAt.localeCompare(right.sendAt)),
    calls: fresh.filter(
      (item): item is CareTask => item.kind === "task" && callKinds.includes(item.taskKind),
    ),
  };
}

/** Takes a run's steps until it waits, sends or ends. */
function follow(given: OpenState, sk: string, ctx: DecisionContext): OpenState {
  let state = given;
  for (let taken = 0; taken < maxSteps; taken += 1) {
    const run = state.items.get(sk);
    if (run?.kind !== "driver" || run.status !== "running") return state;
    const { workflow, step } = run;
    const review = ownValue(workflowReviews[workflow], step);
    if (review !== undefined) {
      const { outcome, holdUntil } = review(state, run, ctx);
      const to = nextStep(workflow, step, outcome) ?? "end";
      const kind = stepOf(workflow, to)?.kind;
      if (holdUntil !== undefined || (kind !== "act" && kind !== "review")) return state;
      state = withRun(state, { ...run, step: to });
      continue;
    }
    const act = ownValue(workflowActs[workflow], step);
    if (act === undefined) return state;
    const { outcome, change } = act(state, run, ctx);
    state = withChange(state, change);
    const to = resumeStep(workflow, step, outcome);
    const isOver = to === undefined || to === "end";
    const moved = state.items.get(sk);
    if (moved?.kind !== "driver") return state;
    state = withRun(state, isOver ? { ...moved, status: "done" } : { ...moved, step: to });
  }
  return state;
}

function withRun(state: OpenState, run: WorkflowRun): OpenState {
  return { ...state, items: new Map(state.items).set(run.sk, run) };
}

function withChange(state: OpenState, change: Change | undefined): OpenState {
  if (change === undefined) return state;
  const items = new Map(state.items);
  for (const { item } of change.puts) items.set(item.sk, item);
  return { episode: change.episode, items };
}
