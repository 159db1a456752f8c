import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { stalledAfterMinutes } from "../../shared/care/runs/workflow-runs.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { storedItem } from "../../shared/store/episode-forms.ts";
import { outboxItem } from "../../shared/store/outbox-item.ts";

/**
 * Saves a workflow run's bookkeeping by itself: that it runs, is lost, or is done. No care decision is in
 * it, so the episode's version and audit chain stay as they are.
 * @throws {ConditionFailedError} when the run changed meanwhile
 */
export async function saveRun(
  deps: Pick<CareDeps, "store" | "pause" | "clock" | "ids">,
  episode: { readonly episodeId: string; readonly siteId: string },
  run: WorkflowRun,
  fields: Partial<WorkflowRun>,
): Promise<WorkflowRun> {
  const next: WorkflowRun = { ...run, ...fields, version: run.version + 1 };
  await transactWithRetry(deps, [
    {
      put: {
        table: "care",
        item: storedItem(episode, next),
        condition: { kind: "equals", attributes: { version: run.version } },
      },
    },
  ]);
  return next;
}

/**
 * Ends a workflow run that has nothing left to do, as long as the episode is as it was looked at: somebody who
 * comes back at this very moment still counts on a workflow run that is not done yet.
 * @returns false when the episode or the run moved on: look again
 */
export async function endRun(
  deps: Pick<CareDeps, "store" | "pause" | "clock" | "ids">,
  episode: { readonly episodeId: string; readonly siteId: string; readonly version: number },
  run: WorkflowRun,
): Promise<boolean> {
  const next: WorkflowRun = { ...run, status: "done", version: run.version + 1 };
  const stands = { kind: "equals", attributes: { version: episode.version } } as const;
  const asRead = { kind: "equals", attributes: { version: run.version } } as const;
  try {
    await transactWithRetry(deps, [
      { check: { table: "care", ...keys.episode(episode.episodeId), condition: stands } },
      { put: { table: "care", item: storedItem(episode, next), condition: asRead } },
    ]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/** Continues the run as its next generation: the old execution ends, an outbox entry starts the new one. */
export async function handOver(
  deps: Pick<CareDeps, "store" | "pause" | "ids" | "clock">,
  episode: { readonly episodeId: string; readonly siteId: string },
  run: WorkflowRun,
): Promise<void> {
  const now = deps.clock.now();
  const next: WorkflowRun = {
    ...run,
    version: run.version + 1,
    generation: run.generation + 1,
    expectedBy: addMinutes(now, stalledAfterMinutes),
  };
  await transactWithRetry(deps, [
    {
      put: {
        table: "care",
        item: storedItem(episode, next),
        condition: { kind: "equals", attributes: { version: run.version } },
      },
    },
    {
      put: {
        table: "care",
        item: outboxItem({
          pk: keys.episode(episode.episodeId).pk,
          siteId: episode.siteId,
          effectId: deps.ids.next(),
          effect: { kind: "start-driver", episodeId: episode.episodeId, driverSk: run.sk },
          now,
        }),
      },
    },
  ]);
}
