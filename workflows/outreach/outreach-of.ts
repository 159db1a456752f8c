import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";

/** The ladder that a workflow run climbs. */
export function outreachOf(state: OpenState, run: WorkflowRun): Outreach | undefined {
  for (const item of state.items.values()) {
    if (item.kind === "outreach" && item.outreachId === run.subject) return item;
  }
  return undefined;
}
