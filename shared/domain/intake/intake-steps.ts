import { hasDueMessage, nextSendAt } from "../workflows/drivers.ts";
import type { ActStep, ReviewStep, WorkflowSteps } from "../workflows/step-result.ts";
import { acknowledge } from "./acknowledge.ts";
import { askForForms } from "./ask-for-forms.ts";
import { assess } from "./assess.ts";
import { enroll } from "./enroll.ts";
import { escalateAdmission } from "./escalate-admission.ts";
import { referOn } from "./refer-on.ts";
import { reviewAdmission } from "./review-admission.ts";
import { reviewForms } from "./review-forms.ts";
import { startFormsOutreach } from "./start-forms-outreach.ts";
import { waitForAPlace } from "./wait-for-a-place.ts";

/** The welcome, or the answer to who was referred on: the last message that intake owes. */
const sendWelcome: ReviewStep = (state, driver, ctx) => {
  if (hasDueMessage(state, driver, ctx.now)) return { outcome: "send" };
  const next = nextSendAt(state, driver);
  return next === undefined ? { outcome: "finished" } : { outcome: "wait", holdUntil: next };
};

const finish: ActStep = () => ({ outcome: "done" });

/** One referral, from its arrival to a person enrolled, waiting for a place, or referred on. */
export const intakeSteps: WorkflowSteps = {
  acts: {
    acknowledge,
    "ask-for-forms": askForForms,
    "start-forms-outreach": startFormsOutreach,
    assess,
    "escalate-admission-decision": escalateAdmission,
    "wait-for-a-place": waitForAPlace,
    enroll,
    "refer-on": referOn,
    finish,
  },
  reviews: {
    "review-forms": reviewForms,
    "review-admission": reviewAdmission,
    "send-welcome": sendWelcome,
  },
};
