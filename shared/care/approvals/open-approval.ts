import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { TaskKind } from "../episode/task-kinds.ts";

/** The approval of this kind that still waits for a decision, or whose decision is being carried out. */
export function openApproval(
  state: OpenState,
  taskKind: TaskKind,
  driverId?: string,
): CareTask | undefined {
  for (const item of state.items.values()) {
    if (item.kind !== "task" || item.taskKind !== taskKind || item.status !== "open") continue;
    if (driverId === undefined || item.driverId === driverId) return item;
  }
  return undefined;
}

/** What an approval says at an instant; a fresh decision rests until it can no longer be taken back. */
export function decisionAt(
  task: CareTask,
  now: string,
):
  | { readonly state: "open" | "approved" | "rejected" }
  | { readonly state: "resting"; readonly until: string } {
  const { decision } = task;
  if (decision === undefined) return { state: "open" };
  if (now < decision.effectiveAt) return { state: "resting", until: decision.effectiveAt };
  return { state: decision.decision };
}

/** A decided approval leaves the open work once it has been carried out. */
export function settleApproval(draft: Draft, task: CareTask | undefined): void {
  if (task !== undefined && task.status === "open") draft.replace(task, { status: "done" });
}
