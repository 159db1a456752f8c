import { Draft } from "../change/draft.ts";
import { cancelTasks } from "../commands/end-plans.ts";
import { openApproval, settleApproval } from "../commands/open-approval.ts";
import { addHours, earliest, hasDueMessage, nextSendAt } from "../workflows/drivers.ts";
import type { ActStep, ReviewStep, WorkflowSteps } from "../workflows/step-result.ts";
import {
  dispositionOf,
  isBeingPlanned,
  openChecklist,
  remindChecklist,
  reviewChecklist,
} from "./checklist.ts";
import { completeDischarge } from "./complete-discharge.ts";
import { continueProgram } from "./continue-program.ts";
import { askForDecision, escalateDecision, reviewDecision } from "./discharge-decision.ts";
import { startAftercare } from "./start-aftercare.ts";

/** Hours in which a discharge can be reversed; aftercare begins when they are over. */
export const reversalHours = 24;

/** A rejected discharge: the person stays, and the next week begins. */
const returnToProgram: ActStep = (state, driver, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "done" };
  const { disposition: _disposition, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  settleApproval(draft, openApproval(state, "discharge-approval", driver.driverId));
  cancelTasks(draft, (task) => task.driverId === driver.driverId && task.decision === undefined);
  if (episode.status === "discharge-planning") draft.set({ status: "active" });
  continueProgram(draft, ctx);
  return { outcome: "done", change: draft.finish("discharge-rejected-and-program-continued") };
};

const complete: ActStep = (state, driver, ctx) => {
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

/** Sends the farewell, and leaves the discharge open for as long as it can be reversed. */
const reviewFarewell: ReviewStep = (state, driver, ctx) => {
  const { dischargedAt, status } = state.episode;
  if (status !== "discharged" || dischargedAt === undefined) return { outcome: "finished" };
  if (hasDueMessage(state, driver, ctx.now)) return { outcome: "send" };
  const final = addHours(dischargedAt, reversalHours);
  if (final <= ctx.now && nextSendAt(state, driver) === undefined) return { outcome: "finished" };
  const wakes = [final > ctx.now ? final : undefined, nextSendAt(state, driver)];
  return { outcome: "wait", holdUntil: earliest(wakes) ?? final };
};

/** One discharge: checklist, decision, farewell, start of aftercare. */
export const dischargeSteps: WorkflowSteps = {
  acts: {
    "open-checklist": openChecklist,
    "remind-checklist": remindChecklist,
    "ask-for-decision": askForDecision,
    "escalate-discharge-decision": escalateDecision,
    "return-to-program": returnToProgram,
    complete,
    "start-aftercare": startAftercare,
  },
  reviews: {
    "review-checklist": reviewChecklist,
    "review-decision": reviewDecision,
    "review-farewell": reviewFarewell,
  },
};
