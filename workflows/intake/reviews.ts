import { hasDueMessage, nextSendAt } from "../../shared/care/runs/drivers.ts";
import type { ReviewStep, Reviews } from "../../shared/care/runs/step-result.ts";
import { reviewAdmission } from "./review-admission.ts";
import { reviewForms } from "./review-forms.ts";

/** The welcome, or the answer to who was referred on: the last message that intake owes. */
const sendWelcome: ReviewStep = (state, driver, ctx) => {
  if (hasDueMessage(state, driver, ctx.now)) return { outcome: "send" };
  const next = nextSendAt(state, driver);
  return next === undefined ? { outcome: "finished" } : { outcome: "wait", holdUntil: next };
};

export const intakeReviews: Reviews = {
  "review-forms": reviewForms,
  "review-admission": reviewAdmission,
  "send-welcome": sendWelcome,
};
