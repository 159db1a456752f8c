import { openApproval, settleApproval } from "../../shared/care/approvals/open-approval.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import { continueProgram } from "../../shared/care/pathway/continue-program.ts";
import { cancelTasks } from "../../shared/care/pathway/end-plans.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { isBeingPlanned } from "./checklist.ts";

/** A rejected discharge: the person stays, and the next week begins. */
export const returnToProgram: ActStep = (state, run, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "done" };
  const { disposition: _disposition, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  settleApproval(draft, openApproval(state, "discharge-approval", run.driverId));
  cancelTasks(draft, (task) => task.driverId === run.driverId && task.decision === undefined);
  if (episode.status === "discharge-planning") draft.set({ status: "active" });
  continueProgram(draft, ctx);
  return { outcome: "done", change: draft.finish("discharge-rejected-and-program-continued") };
};
