import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { finishWithReason } from "../safety/finish-with-reason.ts";
import { actingStaff, findTaskBySk, refuseClosed, refuseStale } from "../tasks/refuse.ts";
import { addHours, toInstant } from "../time/instants.ts";

const longestSnoozeHours = 14 * 24;

/**
 * The instant until which any task may be put off: later than now, and two weeks at most.
 * @param until - as it was sent
 */
export function snoozedUntil(until: string, now: string): { readonly at: string } | Refusal {
  const epoch = Date.parse(until);
  if (Number.isNaN(epoch) || epoch <= Date.parse(now))
    return { refused: "invalid", sentence: "Choose an instant in the future." };
  const at = toInstant(epoch);
  if (at > addHours(now, longestSnoozeHours))
    return { refused: "invalid", sentence: "A task can be put off for two weeks at most." };
  return { at };
}

/**
 * Puts a task off. A safety task, and what is owed to the person, never past its window, and nothing for
 * longer than two weeks.
 */
export function snoozeTask(
  state: OpenState,
  command: {
    readonly taskSk: string;
    readonly until: string;
    readonly reason?: string | undefined;
    readonly version?: number | undefined;
  },
  ctx: DecisionContext,
): Change | Refusal {
  const task = findTaskBySk(state, command.taskSk);
  if (isRefusal(task)) return task;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const closed = refuseClosed(task) ?? refuseStale(task, command.version);
  if (closed !== undefined) return closed;
  if (task.decision !== undefined) {
    return {
      refused: "not-now",
      sentence: "This is decided already; there is nothing to put off.",
    };
  }
  const chosen = snoozedUntil(command.until, ctx.now);
  if (isRefusal(chosen)) return chosen;
  const until = chosen.at;
  if ((task.priority === "safety" || task.owed !== undefined) && until > task.dueAt) {
    return {
      refused: "locked-by-safety",
      sentence: `A safety task cannot be put off past its window, which ends at ${task.dueAt}.`,
      details: { dueAt: task.dueAt },
    };
  }
  const draft = new Draft(state, ctx);
  draft.replace(task, { snoozedUntil: until });
  return finishWithReason(
    draft,
    ctx,
    "task-snoozed",
    { taskId: task.taskId, until },
    command.reason,
  );
}
