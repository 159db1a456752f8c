import type { Client, WorldEvent } from "./client.ts";

export type ScheduledAction = {
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly what: string;
  readonly act: () => Promise<void>;
};

/**
 * Everything that people do in a run, in the order of its time: moves the clock to each instant and lets
 * the person act. Says what was being done when something fails.
 */
export async function playSchedule(
  client: Client,
  actions: readonly ScheduledAction[],
): Promise<readonly WorldEvent[]> {
  const events: WorldEvent[] = [];
  const inOrder = actions
    .map((action, index) => ({ ...action, index }))
    .sort((left, right) => left.at.localeCompare(right.at) || left.index - right.index);
  for (const action of inOrder) {
    const startedAt = performance.now();
    try {
      events.push(...(await client.advanceTo(action.at)));
      const movedAt = performance.now();
      await action.act();
      if (process.env.THROUGHCARE_TEST_PROGRESS !== undefined)
        console.log(
          `${action.at} ${action.what}: moved ${Math.round(movedAt - startedAt)} ms, done ${Math.round(performance.now() - movedAt)} ms`,
        );
    } catch (error) {
      throw new Error(
        `${action.at}: ${action.what}: ${error instanceof Error ? error.message : error}`,
        {
          cause: error,
        },
      );
    }
  }
  return events;
}
