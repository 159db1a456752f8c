import type { Reviews } from "../../shared/care/runs/step-result.ts";
import { reviewChecklist } from "./checklist.ts";
import { reviewDecision } from "./discharge-decision.ts";
import { reviewFarewell } from "./review-farewell.ts";

export const dischargeReviews: Reviews = {
  "review-checklist": reviewChecklist,
  "review-decision": reviewDecision,
  "review-farewell": reviewFarewell,
};
