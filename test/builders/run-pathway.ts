import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { climbOwedTask } from "../../shared/care/safety/climb-owed-work.ts";
import {
  askForAttendance,
  attendanceAskAt,
} from "../../shared/care/sessions/ask-for-attendance.ts";
import { handUpLateTask, nextStepUp } from "../../shared/care/tasks/late-work.ts";
import { earliest } from "../../shared/care/time/instants.ts";
import { recordPage } from "../../workflows/escalation/record-page.ts";
import { stepTable } from "../../workflows/registry.ts";
import { resumeStep } from "../../workflows/run/next-step.ts";
import { act, carriedOut, review } from "./steps.ts";

const maxSteps = 60;

/**
 * Carries every run on until it waits or ends, as the machines do, and asks for attendance and passes late
 * work on as the sweep does, by the rules alone. Messages that are due count as sent and pages as made.
 * @param onChange - told of every state that an act has brought about
 */
export function walkRuns(
  state: OpenState,
  ctx: DecisionContext,
  onChange: (before: OpenState, after: OpenState) => void = () => {},
): OpenState {
  let current = state;
  for (let step = 0; step < maxSteps; step += 1) {
    const next = runOne(current, ctx, onChange);
    if (next === current) return current;
    current = next;
  }
  throw new Error("The drivers do not come to rest");
}

function runOne(
  state: OpenState,
  ctx: DecisionContext,
  onChange: (before: OpenState, after: OpenState) => void,
): OpenState {
  for (const item of state.items.values()) {
    if (item.kind !== "driver") {
      const stepUp = nextStepUp(item);
      if (stepUp !== undefined && stepUp.at <= ctx.now) {
        const change = climbOwedTask(state, ctx, item.sk) ?? handUpLateTask(state, ctx, item.sk);
        const after = carriedOut(state, change);
        onChange(state, after);
        return after;
      }
      const askAt = attendanceAskAt(item);
      if (askAt === undefined || askAt > ctx.now) continue;
      const after = carriedOut(state, askForAttendance(state, ctx, item.sk));
      onChange(state, after);
      return after;
    }
    const isDue = item.status === "dormant" && (item.startAt ?? "") <= ctx.now;
    if (item.status !== "running" && item.status !== "lost" && !isDue) continue;
    const kind = stepTable[item.workflow].steps[item.step]?.kind;
    if (kind === "act") {
      const done = act(state, item, item.step, ctx);
      if (done.change !== undefined) onChange(state, done.state);
      return moved(done.state, item, done.outcome);
    }
    const { outcome } = review(state, item, item.step, ctx);
    if (outcome === "wait") continue;
    if (outcome === "send") return sent(state, item, ctx);
    if (outcome === "page") return paged(state, item, ctx);
    return moved(state, item, outcome);
  }
  return state;
}

/** When the first of the runs has something to do next, or somebody is to be asked for attendance. */
export function nextWake(state: OpenState, ctx: DecisionContext): string | undefined {
  return earliest(
    [...state.items.values()].map((item) => {
      if (item.kind !== "driver") return earliest([attendanceAskAt(item), nextStepUp(item)?.at]);
      if (item.status === "done") return undefined;
      if (item.status === "dormant") return item.startAt;
      if (stepTable[item.workflow].steps[item.step]?.kind === "act") return ctx.now;
      return review(state, item, item.step, ctx).holdUntil;
    }),
  );
}

function moved(state: OpenState, run: WorkflowRun, outcome: string): OpenState {
  const step = resumeStep(run.workflow, run.step, outcome);
  const isOver = step === undefined || step === "end";
  return withItem(state, {
    ...run,
    version: run.version + 1,
    step: isOver ? run.step : step,
    status: isOver ? "done" : "running",
  });
}

function sent(state: OpenState, run: WorkflowRun, ctx: DecisionContext): OpenState {
  let after = state;
  for (const item of state.items.values()) {
    if (item.kind !== "message" || item.driverId !== run.driverId) continue;
    if (item.status === "PLANNED" && item.sendAt <= ctx.now)
      after = withItem(after, { ...item, status: "ACCEPTED", version: item.version + 1 });
  }
  return after;
}

function paged(state: OpenState, run: WorkflowRun, ctx: DecisionContext): OpenState {
  const alert = state.items.get(String(run.data.escalationSk));
  if (alert?.kind !== "escalation") return state;
  const page = { tier: alert.pageTier, attempt: alert.pageAttempt, outcome: "taken" } as const;
  return carriedOut(state, recordPage(state, alert.sk, { ...page, to: ["avery"] }, ctx));
}

function withItem(state: OpenState, item: EpisodeItem): OpenState {
  return { episode: state.episode, items: new Map([...state.items, [item.sk, item]]) };
}

/** The only run of a workflow that has not ended. */
export function runOf(state: OpenState, workflow: WorkflowRun["workflow"]): WorkflowRun {
  const found = [...state.items.values()].filter(
    (item): item is WorkflowRun =>
      item.kind === "driver" && item.workflow === workflow && item.status !== "done",
  );
  const [run, ...others] = found;
  if (run === undefined || others.length > 0)
    throw new Error(`There are ${found.length} drivers of ${workflow} under way`);
  return run;
}
