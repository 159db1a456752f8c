import type { CareTask, TaskKind } from "../domain/episode/episode.ts";
import type { StaffFunction } from "../domain/program/program.ts";
import { addHours } from "../domain/workflows/drivers.ts";
import type { StoredItem } from "../ports/store.ts";
import { keys, queuePartition } from "../table/tables.ts";

/**
 * A task of a site that belongs to no episode, such as a text from a number that nobody has. Listed in the
 * site's queue like any other.
 * @param input.occurrence - with the kind, the business key
 */
export function siteTaskItem(input: {
  readonly siteId: string;
  readonly taskId: string;
  readonly taskKind: TaskKind;
  readonly occurrence: string;
  readonly words: string;
  readonly assignedFunction: StaffFunction;
  readonly priority: CareTask["priority"];
  readonly now: string;
  readonly dueInHours: number;
  readonly evidence: CareTask["evidence"];
}): StoredItem {
  const dueAt = addHours(input.now, input.dueInHours);
  const rank = { safety: "0", urgent: "1", normal: "2" } as const;
  const tab = input.priority === "safety" ? "safety" : "work";
  return {
    pk: keys.site(input.siteId).pk,
    sk: `TASK#${input.taskKind}#${input.occurrence}`,
    schemaVersion: 1,
    kind: "task",
    version: 1,
    id: input.taskId,
    taskId: input.taskId,
    siteId: input.siteId,
    taskKind: input.taskKind,
    status: "open",
    isApproval: false,
    assignedFunction: input.assignedFunction,
    priority: input.priority,
    words: input.words,
    openedAt: input.now,
    dueAt,
    evidence: input.evidence,
    queuePartition: queuePartition(input.siteId, tab),
    queueRank: `${rank[input.priority]}#${dueAt}#${input.taskId}`,
  };
}
