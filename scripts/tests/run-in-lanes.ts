import type { Suite } from "./suites.ts";

/** The machine that the project is proven on has two cores. */
const laneCount = 2;

/**
 * Runs suites in their order: one that runs its files side by side has the machine to itself, two that run one file
 * after the other share it, since each of them leaves a core idle while it waits for its servers and its browser.
 * @param input.run - runs one suite to its end; its own failures are its own to report
 */
export async function runInLanes(input: {
  readonly suites: readonly Suite[];
  readonly run: (suite: Suite) => Promise<void>;
}): Promise<void> {
  const running = new Map<Promise<void>, number>();
  const lanesTaken = () => [...running.values()].reduce((sum, lanes) => sum + lanes, 0);
  for (const suite of input.suites) {
    const lanes = suite.isOneFileAtATime ? 1 : laneCount;
    while (lanesTaken() + lanes > laneCount) {
      await Promise.race(running.keys());
    }
    const ended: Promise<void> = input.run(suite).finally(() => running.delete(ended));
    running.set(ended, lanes);
  }
  await Promise.all(running.keys());
}
