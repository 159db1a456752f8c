import type { Acts } from "../../shared/care/runs/step-result.ts";
import { assess } from "./assess.ts";
import { enroll } from "./enroll.ts";
import { escalateAdmission } from "./escalate-admission.ts";
import { acknowledge, askForForms } from "./first-steps.ts";
import { referOn } from "./refer-on.ts";
import { startFormsOutreach } from "./start-forms-outreach.ts";
import { waitForAPlace } from "./wait-for-a-place.ts";

/** One referral, from its arrival to a person enrolled, waiting for a place, or referred on. */
export const intakeActs: Acts = {
  acknowledge,
  "ask-for-forms": askForForms,
  "start-forms-outreach": startFormsOutreach,
  assess,
  "escalate-admission-decision": escalateAdmission,
  "wait-for-a-place": waitForAPlace,
  enroll,
  "refer-on": referOn,
  finish: () => ({ outcome: "done" }),
};
