import { monotonicFactory } from "ulid";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";

/**
 * ULIDs that carry the clock's time and, within one process, always rise.
 * @param random - numbers from 0 up to 1; the machine's own secure ones where it is left out
 */
export function createUlidIds(clock: Clock, random?: () => number): Ids {
  const next = monotonicFactory(random);
  return { next: () => next(Date.parse(clock.now())) };
}
