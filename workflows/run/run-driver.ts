import type { Driver } from "../../shared/care/episode/driver.ts";
import { holdSk, stalledAfterMinutes } from "../../shared/care/runs/drivers.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { WorkflowRunner } from "../../shared/ports/workflow-runner.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { readEpisode, readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { loadDriver } from "../../shared/store/load-episode.ts";
import { saveDriver } from "./save-driver.ts";

export type DriverDeps = CareDeps & { readonly runner: WorkflowRunner };

/** The execution's name: the same driver and generation always have the same one. */
export function executionName(driver: Driver): string {
  return `${driver.driverId}-g${driver.generation}`;
}

/** Byte-stable, so that starting the same name again is the same start. */
export function executionInput(driver: Driver, episodeId: string): string {
  return JSON.stringify({
    schemaVersion: 1,
    driverId: driver.driverId,
    episodeId,
    generation: driver.generation,
  });
}

/**
 * Makes sure the driver's execution runs. An existing name is success only when it is RUNNING;
 * otherwise the next generation takes over. Safe to call any number of times.
 */
export async function startDriver(
  deps: DriverDeps,
  episodeId: string,
  driverSk: string,
): Promise<void> {
  const found = await findDriver(deps, episodeId, driverSk);
  if (found === undefined || found.driver.status === "done") return;
  let driver = found.driver;
  if (driver.status !== "running") {
    driver = await saveDriver(deps, found.episode, withoutStart(driver), {
      status: "running",
      expectedBy: addMinutes(deps.clock.now(), stalledAfterMinutes),
    });
  }
  const result = await deps.runner.start({
    workflow: driver.workflow,
    name: executionName(driver),
    input: executionInput(driver, episodeId),
  });
  if (result.started || result.status === "RUNNING") return;
  await startNextGeneration(deps, episodeId, driver.sk);
}

/** Takes over from an execution that is gone. */
export async function startNextGeneration(
  deps: DriverDeps,
  episodeId: string,
  driverSk: string,
): Promise<void> {
  const found = await findDriver(deps, episodeId, driverSk);
  if (found === undefined || found.driver.status === "done") return;
  const driver = await saveDriver(deps, found.episode, withoutStart(found.driver), {
    status: "running",
    generation: found.driver.generation + 1,
    expectedBy: addMinutes(deps.clock.now(), stalledAfterMinutes),
  });
  await deps.runner.start({
    workflow: driver.workflow,
    name: executionName(driver),
    input: executionInput(driver, episodeId),
  });
}

/**
 * Ends a driver's registered wait early. A dead token is never taken for done: when its execution does
 * not run any more, the next generation takes over.
 */
export async function wakeDriver(
  deps: DriverDeps,
  episodeId: string,
  driverSk: string,
): Promise<void> {
  const found = await findDriver(deps, episodeId, driverSk);
  if (found === undefined || found.driver.status !== "running") return;
  const key = keys.episodeItem(episodeId, holdSk(found.driver));
  const item = await deps.store.get("care", key.pk, key.sk);
  const hold = item === undefined ? undefined : readEpisodeItem(item);
  // No wait of this generation: the execution is between two states and reads the truth by itself.
  if (hold?.kind !== "hold" || hold.generation !== found.driver.generation) return;
  const woken = await deps.runner.wake(hold.token, "{}");
  if (woken === "gone") await reviveIfGone(deps, episodeId, found.driver);
}

/** Starts the next generation unless the driver's execution is running. */
export async function reviveIfGone(
  deps: DriverDeps,
  episodeId: string,
  driver: Driver,
): Promise<"running" | "revived"> {
  const status = await deps.runner.status(driver.workflow, executionName(driver));
  if (status === "RUNNING") return "running";
  await startNextGeneration(deps, episodeId, driver.sk);
  return "revived";
}

/**
 * A driver that is due or overdue in the work index: a dormant one starts, a running one whose
 * execution is gone is revived, one that still runs is woken to look again.
 */
export async function reviveDriver(
  deps: DriverDeps,
  episodeId: string,
  driverSk: string,
): Promise<void> {
  const found = await findDriver(deps, episodeId, driverSk);
  const now = deps.clock.now();
  if (found === undefined || found.driver.status === "done") return;
  const { driver, episode } = found;
  const dueAt = driver.status === "dormant" ? driver.startAt : driver.expectedBy;
  if (dueAt !== undefined && dueAt > now) return;
  try {
    if (driver.status === "dormant") {
      await startDriver(deps, episodeId, driverSk);
      return;
    }
    if (driver.status === "lost") {
      await startNextGeneration(deps, episodeId, driverSk);
      return;
    }
    const state = await reviveIfGone(deps, episodeId, driver);
    if (state === "running") {
      await saveDriver(deps, episode, driver, { expectedBy: addMinutes(now, stalledAfterMinutes) });
      await wakeDriver(deps, episodeId, driverSk);
    }
  } catch (error) {
    // Somebody else moved the driver meanwhile: it is being looked after.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

function withoutStart(driver: Driver): Driver {
  const { startAt: _startAt, ...rest } = driver;
  return rest;
}

async function findDriver(deps: DriverDeps, episodeId: string, driverSk: string) {
  const key = keys.episode(episodeId);
  const [root, driver] = await Promise.all([
    deps.store.get("care", key.pk, key.sk),
    loadDriver(deps.store, episodeId, driverSk),
  ]);
  return root === undefined || driver === undefined
    ? undefined
    : { episode: readEpisode(root), driver };
}
