import { openApproval, settleApproval } from "../../shared/care/approvals/open-approval.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { dispositionOf, isBeingPlanned } from "./checklist.ts";
import { completeDischarge } from "./complete-discharge.ts";

/** An approved discharge is carried out. */
export const complete: ActStep = (state, driver, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "done" };
  const { hold: _hold, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  const disposition = dispositionOf(episode, driver);
  const approval = openApproval(state, "discharge-approval", driver.driverId);
  settleApproval(draft, approval);
  completeDischarge(draft, ctx, {
    disposition,
    driverId: driver.driverId,
    occurrence: driver.subject.slice(episode.episodeId.length + 1) || driver.subject,
  });
  return {
    outcome: "done",
    change: draft.finish("participant-discharged", {
      disposition,
      decidedBy: approval?.decision?.decidedBy ?? "unknown",
    }),
  };
};
