import { aftercareReviews } from "../aftercare/aftercare-reviews.ts";
import { dischargeReviews } from "../discharge/discharge-reviews.ts";
import { escalationReviews } from "../escalation/escalation-reviews.ts";
import { intakeReviews } from "../intake/intake-reviews.ts";
import { outreachReviews } from "../outreach/outreach-reviews.ts";
import { weeklyProgramReviews } from "../weekly-program/weekly-program-reviews.ts";
import type { Reviews } from "./step-result.ts";
import type { WorkflowName } from "./step-table.ts";

/** The rules behind each workflow's reviews: cheap, and run at every commit to see who is to be woken. */
export const workflowReviews: Readonly<Record<WorkflowName, Reviews>> = {
  intake: intakeReviews,
  "weekly-program": weeklyProgramReviews,
  discharge: dischargeReviews,
  aftercare: aftercareReviews,
  outreach: outreachReviews,
  escalation: escalationReviews,
};
