import type { Draft } from "../change/draft.ts";
import { canMove } from "../episode/status.ts";
import type { Disposition } from "../program/program.ts";
import { addRun } from "../runs/workflow-runs.ts";
import { cancelTasks } from "./end-plans.ts";

/** True while a discharge is being planned or decided. */
export function isDischargeUnderWay(draft: Draft): boolean {
  return draft
    .items()
    .some(
      (item) => item.kind === "driver" && item.workflow === "discharge" && item.status !== "done",
    );
}

/**
 * Starts planning a discharge: the phase and its workflow. Does nothing while one is being planned.
 * @param input.requestedBy - the member of staff who asked for it; somebody else approves
 */
export function startDischarge(
  draft: Draft,
  input: { readonly disposition: Disposition; readonly requestedBy?: string },
): void {
  const { episode } = draft;
  if (isDischargeUnderWay(draft)) return;
  draft.set({
    disposition: input.disposition,
    ...(canMove(episode.status, "discharge-planning") ? { status: "discharge-planning" } : {}),
  });
  draft.clear("hold");
  cancelTasks(
    draft,
    (task) => task.taskKind === "week-review-approval" && task.decision === undefined,
  );
  addRun(draft, {
    workflow: "discharge",
    // A rejected discharge may be followed by another one.
    subject: `${episode.episodeId}-d${episode.version}`,
    data: {
      disposition: input.disposition,
      ...(input.requestedBy === undefined ? {} : { requestedBy: input.requestedBy }),
    },
  });
}
