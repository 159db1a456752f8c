import type { Suite } from "./suites.ts";

/**
 * The machine that the project is proven on has two cores. A suite that runs its files side by side takes both of
 * them but for its last files; one that runs a file after the other leaves its own idle while it waits for its servers
 * and its browser. One more lane than there are cores fills those gaps.
 */
const laneCount = 3;
const coreCount = 2;

/**
 * Runs suites side by side, each as soon as there are lanes for it; among those that fit, in their order.
 * @param input.run - runs one suite to its end; its own failures are its own to report
 */
export async function runInLanes(input: {
  readonly suites: readonly Suite[];
  readonly run: (suite: Suite) => Promise<void>;
}): Promise<void> {
  const waiting = [...input.suites];
  const running = new Map<Promise<void>, number>();
  const lanesFree = () => laneCount - [...running.values()].reduce((sum, lanes) => sum + lanes, 0);
  while (waiting.length > 0) {
    const next = waiting.findIndex((suite) => lanesOf(suite) <= lanesFree());
    const [suite] = next < 0 ? [] : waiting.splice(next, 1);
    if (suite === undefined) {
      await Promise.race(running.keys());
      continue;
    }
    const ended: Promise<void> = input.run(suite).finally(() => running.delete(ended));
    running.set(ended, lanesOf(suite));
  }
  await Promise.all(running.keys());
}

function lanesOf({ isOneFileAtATime }: Suite): number {
  return isOneFileAtATime ? 1 : coreCount;
}
