import { monotonicFactory } from "ulid";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";

/** ULIDs that carry the clock's time and, within one process, always rise. */
export function createUlidIds(clock: Clock): Ids {
  const next = monotonicFactory();
  return { next: () => next(Date.parse(clock.now())) };
}
