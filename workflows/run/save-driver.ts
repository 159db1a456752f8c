import type { Driver } from "../../shared/care/episode/driver.ts";
import { stalledAfterMinutes } from "../../shared/care/runs/drivers.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { effectItem } from "../../shared/store/effect-item.ts";
import { storedItem } from "../../shared/store/stored-items.ts";

/**
 * Saves a driver's bookkeeping by itself: that it runs, is lost, or is done. No care decision is in
 * it, so the episode's version and audit chain stay as they are.
 * @throws {ConditionFailedError} when the driver changed meanwhile
 */
export async function saveDriver(
  deps: Pick<CareDeps, "store" | "pause">,
  episode: { readonly episodeId: string; readonly siteId: string },
  driver: Driver,
  fields: Partial<Driver>,
): Promise<Driver> {
  const next: Driver = { ...driver, ...fields, version: driver.version + 1 };
  await transactWithRetry(deps, [
    {
      put: {
        table: "care",
        item: storedItem(episode, next),
        condition: { kind: "equals", attributes: { version: driver.version } },
      },
    },
  ]);
  return next;
}

/**
 * Ends a driver that has nothing left to do, as long as the episode is as it was looked at: somebody who
 * comes back at this very moment still counts on a driver that is not done yet.
 * @returns false when the episode or the driver moved on: look again
 */
export async function endDriver(
  deps: Pick<CareDeps, "store" | "pause">,
  episode: { readonly episodeId: string; readonly siteId: string; readonly version: number },
  driver: Driver,
): Promise<boolean> {
  const next: Driver = { ...driver, status: "done", version: driver.version + 1 };
  const stands = { kind: "equals", attributes: { version: episode.version } } as const;
  const asRead = { kind: "equals", attributes: { version: driver.version } } as const;
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

/** Continues the driver as its next generation: the old execution ends, an effect starts the new one. */
export async function handOver(
  deps: Pick<CareDeps, "store" | "pause" | "ids" | "clock">,
  episode: { readonly episodeId: string; readonly siteId: string },
  driver: Driver,
): Promise<void> {
  const now = deps.clock.now();
  const next: Driver = {
    ...driver,
    version: driver.version + 1,
    generation: driver.generation + 1,
    expectedBy: addMinutes(now, stalledAfterMinutes),
  };
  await transactWithRetry(deps, [
    {
      put: {
        table: "care",
        item: storedItem(episode, next),
        condition: { kind: "equals", attributes: { version: driver.version } },
      },
    },
    {
      put: {
        table: "care",
        item: effectItem({
          pk: keys.episode(episode.episodeId).pk,
          siteId: episode.siteId,
          effectId: deps.ids.next(),
          effect: { kind: "start-driver", episodeId: episode.episodeId, driverSk: driver.sk },
          now,
        }),
      },
    },
  ]);
}
