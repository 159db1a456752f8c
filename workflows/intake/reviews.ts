import type { ReviewStep, Reviews } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { reviewForms } from "./first-steps.ts";
import { reviewAdmission } from "./review-admission.ts";

/** The welcome, or the answer to who was referred on: the last message that intake owes. */
const sendWelcome: ReviewStep = (state, run, ctx) => {
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const next = nextSendAt(state, run);
  return next === undefined ? { outcome: "finished" } : { outcome: "wait", holdUntil: next };
};

export const intakeReviews: Reviews = {
  "review-forms": reviewForms,
  "review-admission": reviewAdmission,
  "send-welcome": sendWelcome,
};
