import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { isOpenItem } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { ActResult, ReviewResult } from "../../shared/care/runs/step-result.ts";
import { workflowActs } from "../../workflows/all-acts.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import { nextStep } from "../../workflows/run/next-step.ts";
import { applyChange } from "./state.ts";

/** Carries out an act of the run's workflow and checks that its outcome is in the step table. */
export function act(
  state: OpenState,
  run: WorkflowRun,
  step: string,
  ctx: DecisionContext,
): { readonly outcome: string; readonly change: Change | undefined; readonly state: OpenState } {
  const rule = workflowActs[run.workflow][step];
  if (rule === undefined) throw new Error(`${run.workflow} has no act ${step}`);
  const { outcome, change } = decideInSight(state, run, (visible) => rule(visible, run, ctx));
  if (nextStep(run.workflow, step, outcome) === undefined)
    throw new Error(`${outcome} is no outcome of ${step}`);
  const after = change === undefined ? state : applyChange(state, change, { keepClosed: true });
  return { outcome, change, state: after };
}

/** What a step gets to see: the open items, and those it is told of. The history stays in the store. */
function inSight(state: OpenState, alsoLoad: ReadonlySet<string>): OpenState {
  const items = [...state.items].filter(([sk, item]) => isOpenItem(item) || alsoLoad.has(sk));
  return { episode: state.episode, items: new Map(items) };
}

/** Decides again with what the first decision stumbled upon: a business key that a closed item has. */
function decideInSight(
  state: OpenState,
  run: WorkflowRun,
  decide: (visible: OpenState) => ActResult,
): ActResult {
  const alsoLoad = new Set([run.sk]);
  for (;;) {
    const visible = inSight(state, alsoLoad);
    const result = decide(visible);
    const clash = result.change?.puts.find(
      ({ item, expects }) => expects === "absent" && state.items.has(item.sk),
    );
    if (clash === undefined) return result;
    if (alsoLoad.has(clash.item.sk)) throw new Error(`${clash.item.sk} is put twice`);
    alsoLoad.add(clash.item.sk);
  }
}

/** What a review of the run's workflow finds; its outcome is in the step table. */
export function review(
  state: OpenState,
  run: WorkflowRun,
  step: string,
  ctx: DecisionContext,
): ReviewResult {
  const rule = workflowReviews[run.workflow][step];
  if (rule === undefined) throw new Error(`${run.workflow} has no review ${step}`);
  const result = rule(inSight(state, new Set([run.sk])), run, ctx);
  if (nextStep(run.workflow, step, result.outcome) === undefined)
    throw new Error(`${result.outcome} is no outcome of ${step}`);
  return result;
}

/** The state after a command that must be carried out. */
export function carriedOut(state: OpenState, result: Change | Refusal | undefined): OpenState {
  return applyChange(state, changeOf(result), { keepClosed: true });
}

export function changeOf(result: Change | Refusal | undefined): Change {
  if (result === undefined) throw new Error("Nothing was changed");
  if (isRefusal(result)) throw new Error(`Refused: ${result.sentence}`);
  return result;
}

/** The refusal of a command that must not be carried out. */
export function refusalOf(result: Change | Refusal | undefined): Refusal {
  if (result === undefined || !isRefusal(result)) throw new Error("It was not refused");
  return result;
}

export function itemsOf<Kind extends EpisodeItem["kind"]>(
  state: OpenState,
  kind: Kind,
): Extract<EpisodeItem, { kind: Kind }>[] {
  return [...state.items.values()].filter(
    (item): item is Extract<EpisodeItem, { kind: Kind }> => item.kind === kind,
  );
}

/** The open tasks of a kind. */
export function openTasks(state: OpenState, taskKind?: TaskKind): CareTask[] {
  return itemsOf(state, "task").filter(
    (task) => task.status === "open" && (taskKind === undefined || task.taskKind === taskKind),
  );
}

/** The only open task of a kind. */
export function openTaskOf(state: OpenState, taskKind: TaskKind): CareTask {
  const [task, ...others] = openTasks(state, taskKind);
  if (task === undefined || others.length > 0)
    throw new Error(
      `There are ${others.length + (task === undefined ? 0 : 1)} open tasks of ${taskKind}`,
    );
  return task;
}
