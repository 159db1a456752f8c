import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import type { CareDeps } from "./care-deps.ts";
import { transactWithRetry } from "./commit-change.ts";
import type { Unreadable } from "./read-stored.ts";
import { siteTaskItem } from "./site-task-item.ts";

const dueInHours = 4;

/**
 * What cannot be read and what therefore does not happen becomes work for a person: a task of the site, one a day
 * for each item, since the episode itself may be what cannot be read. What was tried is tried again meanwhile.
 *
 * @param input.isSafety - whether somebody's safety may hang on it: then it climbs, and pages
 */
export async function reportUnreadable(
  deps: Pick<CareDeps, "store" | "clock" | "ids" | "pause">,
  input: {
    readonly siteId: string;
    readonly error: Unreadable;
    readonly episodeId?: string | undefined;
    readonly isSafety: boolean;
  },
): Promise<void> {
  const now = deps.clock.now();
  const { table, kind, pk, sk, fault } = input.error.details;
  const item = siteTaskItem({
    siteId: input.siteId,
    taskId: deps.ids.next(),
    taskKind: "workflow-problem",
    occurrence: `unreadable/${String(pk)}/${String(sk)}/${now.slice(0, 10)}`,
    words:
      input.episodeId === undefined
        ? "Something that is stored cannot be read, and the last good state of it stands in where there is one. Tell whoever looks after Throughcare."
        : "Something that is stored about a participant cannot be read, so Throughcare does nothing for them until it can. Look after them by hand, and tell whoever looks after Throughcare.",
    assignedFunction: input.isSafety ? "clinician" : "supervisor",
    priority: input.isSafety ? "safety" : "urgent",
    now,
    dueInHours: input.isSafety ? 1 : dueInHours,
    evidence: {
      kind: String(kind ?? "unknown"),
      item: `${String(table)} ${String(pk)} ${String(sk)}`,
      fault: String(fault ?? input.error.name),
      ...(input.episodeId === undefined ? {} : { episodeId: input.episodeId }),
    },
  });
  try {
    await transactWithRetry(deps, [
      { put: { table: "care", item, condition: { kind: "absent" } } },
    ]);
  } catch (error) {
    // It stands in the queue already.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}
