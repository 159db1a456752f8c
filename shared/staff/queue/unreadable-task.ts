import type { CareTask } from "../../care/episode/care-task.ts";
import { workListTab } from "../../keys/keys.ts";
import type { StoredItem } from "../../ports/store.ts";

/**
 * What stands in the queue for a task that cannot be read: that there is one, where it was listed, and its key.
 * It is stored nowhere; opening it says in the log where its fault is.
 */
export function unreadableTask(stored: StoredItem, now: string): CareTask {
  const isSafety = workListTab(stored.queuePartition) === "safety";
  return {
    kind: "task",
    sk: stored.sk,
    version: 0,
    taskId: typeof stored.taskId === "string" ? stored.taskId : stored.sk,
    taskKind: "workflow-problem",
    status: "open",
    isApproval: false,
    assignedFunction: "supervisor",
    priority: isSafety ? "safety" : "urgent",
    words:
      "A task is stored in a way that cannot be read, so nobody can work it. Tell whoever looks after Throughcare, and look after the person by hand.",
    openedAt: now,
    dueAt: now,
    evidence: { item: stored.sk },
  };
}
