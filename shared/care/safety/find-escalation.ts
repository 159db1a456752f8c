import type { OpenState } from "../episode/episode-item.ts";
import type { Escalation } from "../episode/escalation.ts";
import type { WorkflowRun } from "../episode/workflow-run.ts";

/** The alert that a workflow run is about. */
export function escalationOf(state: OpenState, run: WorkflowRun): Escalation | undefined {
  const item = state.items.get(String(run.data.escalationSk ?? ""));
  return item?.kind === "escalation" ? item : undefined;
}

/** The alert under this sort key, when it is loaded and is one. */
export function findEscalation(state: OpenState, escalationSk: string): Escalation | undefined {
  const item = state.items.get(escalationSk);
  return item?.kind === "escalation" ? item : undefined;
}
