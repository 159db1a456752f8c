import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import { snoozedUntil } from "../../../shared/care/pathway/snooze-task.ts";
import { refuseClosed, refuseStale } from "../../../shared/care/tasks/refuse.ts";
import { outcomesFor } from "../../../shared/care/tasks/task-outcomes.ts";
import type { SiteTaskChange } from "../../../shared/store/site-task.ts";

type Versioned = { readonly version?: number | undefined };

/** Records what came of a site's task. */
export function siteTaskOutcome(
  body: Versioned & { readonly outcome: string; readonly note?: string | undefined },
  staffId: string,
): (task: CareTask, now: string) => SiteTaskChange | Refusal {
  return (task, now) => {
    const refusal = refuseClosed(task) ?? refuseStale(task, body.version);
    if (refusal !== undefined) return refusal;
    const known = outcomesFor(task).map((option) => option.value);
    if (!known.includes(body.outcome)) {
      return {
        refused: "invalid",
        sentence: `The outcome of this task is one of: ${known.join(", ")}.`,
      };
    }
    const note = body.note?.trim() ?? "";
    return {
      fields: {
        status: "done",
        outcome: { code: body.outcome, recordedBy: staffId, recordedAt: now },
      },
      action: "task-completed",
      facts: { taskId: task.taskId, taskKind: task.taskKind, outcome: body.outcome },
      ...(note === "" ? {} : { reason: note }),
    };
  };
}

/** Hands a site's task to somebody. */
export function siteTaskAssignment(
  body: Versioned & { readonly staffId: string },
): (task: CareTask) => SiteTaskChange | Refusal {
  return (task) =>
    refuseClosed(task) ??
    refuseStale(task, body.version) ?? {
      fields: { assignedTo: body.staffId },
      action: "task-assigned",
      facts: { taskId: task.taskId, assignedTo: body.staffId },
    };
}

/** Puts a site's task off; one that is about safety never. */
export function siteTaskSnooze(
  body: Versioned & { readonly until: string; readonly reason?: string | undefined },
): (task: CareTask, now: string) => SiteTaskChange | Refusal {
  return (task, now) => {
    const refusal = refuseClosed(task) ?? refuseStale(task, body.version);
    if (refusal !== undefined) return refusal;
    if (task.priority === "safety") {
      return {
        refused: "locked-by-safety",
        sentence: "A safety task without a participant cannot be put off. Call the number now.",
      };
    }
    const until = snoozedUntil(body.until, now);
    if (isRefusal(until)) return until;
    return {
      fields: { snoozedUntil: until.at },
      action: "task-snoozed",
      facts: { taskId: task.taskId, until: until.at },
      ...(body.reason === undefined ? {} : { reason: body.reason }),
    };
  };
}
