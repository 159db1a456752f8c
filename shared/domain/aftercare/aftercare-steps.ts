import type { WorkflowSteps } from "../workflows/step-result.ts";
import { escalateClosing, finishAftercare, planNext, reviewClosing } from "./close-aftercare.ts";
import { openCheckIn, reviewCheckIn } from "./open-check-in.ts";
import { assessAnswer, recordMissed } from "./settle-check-in.ts";

/** One check-in or call: open, await the answer, take it in, plan the next. A person closes. */
export const aftercareSteps: WorkflowSteps = {
  acts: {
    "open-check-in": openCheckIn,
    "assess-answer": assessAnswer,
    "record-missed": recordMissed,
    "plan-next": planNext,
    "escalate-closing-decision": escalateClosing,
    finish: finishAftercare,
  },
  reviews: {
    "review-check-in": reviewCheckIn,
    "review-closing": reviewClosing,
  },
};
