import type { WorkflowName } from "../shared/care/episode/workflow-name.ts";
import type { WorkflowReviews } from "../shared/care/runs/step-result.ts";
import type { WorkflowSteps } from "../shared/care/runs/workflow-steps.ts";
import { aftercareReviews } from "./aftercare/reviews.ts";
import { aftercareSteps } from "./aftercare/steps.ts";
import { dischargeReviews } from "./discharge/reviews.ts";
import { dischargeSteps } from "./discharge/steps.ts";
import { escalationReviews } from "./escalation/reviews.ts";
import { escalationSteps } from "./escalation/steps.ts";
import { intakeReviews } from "./intake/reviews.ts";
import { intakeSteps } from "./intake/steps.ts";
import { outreachReviews } from "./outreach/reviews.ts";
import { outreachSteps } from "./outreach/steps.ts";
import { weeklyProgramReviews } from "./weekly-program/reviews.ts";
import { weeklyProgramSteps } from "./weekly-program/steps.ts";

/** The order of each workflow's steps. */
export const stepTable: Readonly<Record<WorkflowName, WorkflowSteps>> = {
  intake: intakeSteps,
  "weekly-program": weeklyProgramSteps,
  discharge: dischargeSteps,
  aftercare: aftercareSteps,
  outreach: outreachSteps,
  escalation: escalationSteps,
};

/** The rules behind each workflow's reviews: cheap, and run at every commit to see who is to be woken. */
export const workflowReviews: WorkflowReviews = {
  intake: intakeReviews,
  "weekly-program": weeklyProgramReviews,
  discharge: dischargeReviews,
  aftercare: aftercareReviews,
  outreach: outreachReviews,
  escalation: escalationReviews,
};
