import type { Wait } from "../../shared/care/episode/wait.ts";
import { runSk, stalledAfterMinutes, waitSk } from "../../shared/care/runs/workflow-runs.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import type { WaitEvent } from "../../shared/contracts/step-event.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { EpisodeMovedOnError } from "../../shared/errors/episode-moved-on-error.ts";
import { SupersededError } from "../../shared/errors/superseded-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { StoreDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { loadRootAndRun } from "../../shared/store/decide-and-commit.ts";
import { storedItem } from "../../shared/store/episode-forms.ts";

/**
 * Registers a wait: keeps its task token so that a decision can end it early.
 *
 * One transaction: the episode is still at the version the wait was worked out for, and no newer wait
 * of the same run is registered.
 * @throws {EpisodeMovedOnError} when the episode has moved on: the machine looks again
 */
export async function holdCare(
  deps: StoreDeps,
  event: WaitEvent,
): Promise<{ readonly held: true }> {
  const subject = event.driverId.slice(event.workflow.length + 1);
  const rootKey = keys.episode(event.episodeId);
  const { episode, run } = await loadRootAndRun(
    deps.store,
    event.episodeId,
    runSk(event.workflow, subject),
  );
  if (
    run === undefined ||
    episode === undefined ||
    run.generation > event.generation ||
    run.status === "done"
  ) {
    throw new SupersededError("Another execution carries this driver on", {
      driverId: event.driverId,
    });
  }
  const order = `${event.enteredAt}#${String(event.retryCount).padStart(4, "0")}`;
  const hold: Wait & { readonly order: string } = {
    kind: "hold",
    sk: waitSk({ workflow: event.workflow, subject }),
    version: 1,
    driverId: event.driverId,
    generation: event.generation,
    token: event.token,
    holdUntil: event.holdUntil,
    enteredAt: event.enteredAt,
    retryCount: event.retryCount,
    status: "waiting",
    order,
  };
  try {
    await transactWithRetry(deps, [
      {
        check: {
          table: "care",
          ...rootKey,
          condition: { kind: "equals", attributes: { version: event.plannedAtVersion } },
        },
      },
      {
        put: {
          table: "care",
          item: storedItem(episode, hold),
          condition: { kind: "absent-or-at-most", attribute: "order", value: order },
        },
      },
      {
        put: {
          table: "care",
          item: storedItem(episode, {
            ...run,
            version: run.version + 1,
            status: "running",
            idleSteps: 0,
            expectedBy: addMinutes(event.holdUntil, stalledAfterMinutes),
          }),
          condition: { kind: "equals", attributes: { version: run.version } },
        },
      },
    ]);
  } catch (error) {
    if (error instanceof ConditionFailedError) {
      throw new EpisodeMovedOnError(
        "The episode moved on while the wait was planned",
        { driverId: event.driverId },
        { cause: error },
      );
    }
    throw error;
  }
  return { held: true };
}
