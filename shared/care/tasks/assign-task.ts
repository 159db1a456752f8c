import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { actingStaff, findTaskBySk, refuseClosed, refuseStale } from "./refuse.ts";

/** Hands a task to a person; the function that answers for it stays the same. */
export function assignTask(
  state: OpenState,
  command: {
    readonly taskSk: string;
    readonly staffId: string;
    readonly version?: number | undefined;
  },
  ctx: DecisionContext,
): Change | Refusal {
  const task = findTaskBySk(state, command.taskSk);
  if (isRefusal(task)) return task;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuseClosed(task) ?? refuseStale(task, command.version);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  draft.replace(task, { assignedTo: command.staffId });
  return draft.finish("task-assigned", { taskId: task.taskId, assignedTo: command.staffId });
}
