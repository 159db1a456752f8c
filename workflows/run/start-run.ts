import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { stalledAfterMinutes, waitSk } from "../../shared/care/runs/workflow-runs.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { WorkflowRunner } from "../../shared/ports/workflow-runner.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { loadRootAndRun } from "../../shared/store/decide-and-commit.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { saveRun } from "./save-run.ts";

export type RunDeps = CareDeps & { readonly runner: WorkflowRunner };

/** The execution's name: the same run and generation always have the same one. */
export function executionName(run: WorkflowRun): string {
  return `${run.driverId}-g${run.generation}`;
}

/** Byte-stable, so that starting the same name again is the same start. */
export function executionInput(run: WorkflowRun, episodeId: string): string {
  return JSON.stringify({
    schemaVersion: 1,
    driverId: run.driverId,
    episodeId,
    generation: run.generation,
  });
}

/**
 * Makes sure the run's execution runs. An existing name is success only when it is RUNNING;
 * otherwise the next generation takes over. Safe to call any number of times.
 */
export async function startRun(deps: RunDeps, episodeId: string, runSk: string): Promise<void> {
  const found = await findRun(deps, episodeId, runSk);
  if (found === undefined || found.driver.status === "done") return;
  let run = found.driver;
  if (run.status !== "running") {
    run = await saveRun(deps, found.episode, withoutStart(run), {
      status: "running",
      expectedBy: addMinutes(deps.clock.now(), stalledAfterMinutes),
    });
  }
  const result = await deps.runner.start({
    workflow: run.workflow,
    name: executionName(run),
    input: executionInput(run, episodeId),
  });
  if (result.started || result.status === "RUNNING") return;
  await startNextGeneration(deps, episodeId, run.sk);
}

/** Takes over from an execution that is gone. */
export async function startNextGeneration(
  deps: RunDeps,
  episodeId: string,
  runSk: string,
): Promise<void> {
  const found = await findRun(deps, episodeId, runSk);
  if (found === undefined || found.driver.status === "done") return;
  const run = await saveRun(deps, found.episode, withoutStart(found.driver), {
    status: "running",
    generation: found.driver.generation + 1,
    expectedBy: addMinutes(deps.clock.now(), stalledAfterMinutes),
  });
  await deps.runner.start({
    workflow: run.workflow,
    name: executionName(run),
    input: executionInput(run, episodeId),
  });
}

/**
 * Ends a workflow run's registered wait early. A dead token is never taken for done: when its execution does
 * not run any more, the next generation takes over.
 */
export async function wakeRun(deps: RunDeps, episodeId: string, runSk: string): Promise<void> {
  const found = await findRun(deps, episodeId, runSk);
  if (found === undefined || found.driver.status !== "running") return;
  const key = keys.episodeItem(episodeId, waitSk(found.driver));
  const item = await deps.store.get("care", key.pk, key.sk);
  const hold = item === undefined ? undefined : readEpisodeItem(item);
  // No wait of this generation: the execution is between two states and reads the truth by itself.
  if (hold?.kind !== "hold" || hold.generation !== found.driver.generation) return;
  const woken = await deps.runner.wake(hold.token, "{}");
  if (woken === "gone") await reviveIfGone(deps, episodeId, found.driver);
}

/** Starts the next generation unless the run's execution is running. */
export async function reviveIfGone(
  deps: RunDeps,
  episodeId: string,
  run: WorkflowRun,
): Promise<"running" | "revived"> {
  const status = await deps.runner.status(run.workflow, executionName(run));
  if (status === "RUNNING") return "running";
  await startNextGeneration(deps, episodeId, run.sk);
  return "revived";
}

/**
 * A workflow run that is due or overdue in the work index: a dormant one starts, a running one whose
 * execution is gone is revived, one that still runs is woken to look again.
 */
export async function reviveRun(deps: RunDeps, episodeId: string, runSk: string): Promise<void> {
  const found = await findRun(deps, episodeId, runSk);
  const now = deps.clock.now();
  if (found === undefined || found.driver.status === "done") return;
  const { driver: run, episode } = found;
  const dueAt = run.status === "dormant" ? run.startAt : run.expectedBy;
  if (dueAt !== undefined && dueAt > now) return;
  try {
    if (run.status === "dormant") {
      await startRun(deps, episodeId, runSk);
      return;
    }
    if (run.status === "lost") {
      await startNextGeneration(deps, episodeId, runSk);
      return;
    }
    const state = await reviveIfGone(deps, episodeId, run);
    if (state === "running") {
      await saveRun(deps, episode, run, { expectedBy: addMinutes(now, stalledAfterMinutes) });
      await wakeRun(deps, episodeId, runSk);
    }
  } catch (error) {
    // Somebody else moved the run meanwhile: it is being looked after.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

function withoutStart(run: WorkflowRun): WorkflowRun {
  const { startAt: _startAt, ...rest } = run;
  return rest;
}

async function findRun(deps: RunDeps, episodeId: string, runSk: string) {
  const { episode, run } = await loadRootAndRun(deps.store, episodeId, runSk);
  return episode === undefined || run === undefined ? undefined : { episode, driver: run };
}
