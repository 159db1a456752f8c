import type { Draft } from "../../shared/care/change/draft.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";

/** The run of the program week that is under way: it sends what is planned for it. */
export function runningWeek(draft: Draft): WorkflowRun | undefined {
  return draft
    .items()
    .find(
      (item): item is WorkflowRun =>
        item.kind === "driver" && item.workflow === "weekly-program" && item.status === "running",
    );
}
