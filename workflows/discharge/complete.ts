import { openApproval, settleApproval } from "../../shared/care/approvals/open-approval.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { dispositionOf, isBeingPlanned } from "./checklist.ts";
import { completeDischarge } from "./complete-discharge.ts";

/** An approved discharge is carried out. */
export const complete: ActStep = (state, run, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "done" };
  const { hold: _hold, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  const disposition = dispositionOf(episode, run);
  const approval = openApproval(state, "discharge-approval", run.driverId);
  settleApproval(draft, approval);
  completeDischarge(draft, ctx, {
    disposition,
    driverId: run.driverId,
    occurrence: run.subject.slice(episode.episodeId.length + 1) || run.subject,
  });
  return {
    outcome: "done",
    change: draft.finish("participant-discharged", {
      disposition,
      decidedBy: approval?.decision?.decidedBy ?? "unknown",
    }),
  };
};
