import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import type { WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "./care-deps.ts";
import { type LargeItem, maxItemBytes } from "./rules/check-operations.ts";
import { siteTaskItem } from "./site-task-item.ts";

const dueInHours = 72;

/**
 * Has somebody told, well before, of what grows towards the most that the database lets one item hold: a task of the site,
 * one a month for each item. It is written beside what it is about, which has been written already.
 *
 * @param large - see `largeItems`; what belongs to no site is passed over, since nobody's queue would hold the task
 * @param write - writes, again where another write was in the way
 */
export async function reportLargeItems(
  deps: Pick<CareDeps, "clock" | "ids">,
  large: readonly LargeItem[],
  write: (operations: readonly WriteOperation[]) => Promise<void>,
): Promise<void> {
  const now = deps.clock.now();
  for (const { table, item, bytes } of large) {
    const { pk, sk, siteId, kind, episodeId } = item;
    if (typeof siteId !== "string") continue;
    const task = siteTaskItem({
      siteId,
      taskId: deps.ids.next(),
      taskKind: "workflow-problem",
      occurrence: `large/${pk}/${sk}/${now.slice(0, 7)}`,
      words:
        "What is stored about a participant or a site has grown very large. Nothing is lost, and all goes on as before; but before it is full, tell whoever looks after Throughcare.",
      assignedFunction: "supervisor",
      priority: "normal",
      now,
      dueInHours,
      evidence: {
        kind: typeof kind === "string" ? kind : "unknown",
        item: `${table} ${pk} ${sk}`,
        fullPercent: Math.floor((100 * bytes) / maxItemBytes),
        ...(typeof episodeId === "string" ? { episodeId } : {}),
      },
    });
    try {
      await write([{ put: { table: "care", item: task, condition: { kind: "absent" } } }]);
    } catch (error) {
      // It stands in the queue already.
      if (!(error instanceof ConditionFailedError)) throw error;
    }
  }
}
