import type { DecisionContext } from "../change/context.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { WorkflowRun } from "../episode/workflow-run.ts";
import { ownValue } from "../text/own-value.ts";
import type { WorkflowReviews } from "./step-result.ts";
import { waitSk } from "./workflow-runs.ts";

/**
 * The running runs whose registered wait no longer fits the state: something is due now, or is due
 * before the wait ends. The others sleep on; most commits wake nobody.
 * @param reviews - the reviews of every workflow, as the registry holds them
 */
export function runsToWake(
  state: OpenState,
  ctx: DecisionContext,
  reviews: WorkflowReviews,
  exceptSk?: string,
): WorkflowRun[] {
  const woken: WorkflowRun[] = [];
  for (const item of state.items.values()) {
    if (item.kind !== "driver" || item.status !== "running" || item.sk === exceptSk) continue;
    const hold = state.items.get(waitSk(item));
    // Without a wait of this generation the run is between two steps and reads the state itself.
    if (hold?.kind !== "hold" || hold.status !== "waiting" || hold.generation !== item.generation)
      continue;
    const review = ownValue(reviews[item.workflow], item.step);
    if (review === undefined) continue;
    const result = review(state, item, ctx);
    if (result.holdUntil === undefined || result.holdUntil < hold.holdUntil) woken.push(item);
  }
  return woken;
}
