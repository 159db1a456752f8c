import type { WorkflowName } from "../shared/care/episode/workflow-name.ts";
import type { Acts, WorkflowReviews } from "../shared/care/runs/step-result.ts";
import type { WorkflowSteps } from "../shared/care/runs/workflow-steps.ts";
import { aftercareActs } from "./aftercare/acts.ts";
import { aftercareReviews } from "./aftercare/reviews.ts";
import { aftercareSteps } from "./aftercare/steps.ts";
import { dischargeActs } from "./discharge/acts.ts";
import { dischargeReviews } from "./discharge/reviews.ts";
import { dischargeSteps } from "./discharge/steps.ts";
import { escalationActs } from "./escalation/acts.ts";
import { escalationReviews } from "./escalation/reviews.ts";
import { escalationSteps } from "./escalation/steps.ts";
import { intakeActs } from "./intake/acts.ts";
import { intakeReviews } from "./intake/reviews.ts";
import { intakeSteps } from "./intake/steps.ts";
import { outreachActs } from "./outreach/acts.ts";
import { outreachReviews } from "./outreach/reviews.ts";
import { outreachSteps } from "./outreach/steps.ts";
import { weeklyProgramActs } from "./weekly-program/acts.ts";
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

/**
 * The rules behind each workflow's acts. They bring every planner with them: for who carries out steps,
 * not for who only commits.
 */
export const workflowActs: Readonly<Record<WorkflowName, Acts>> = {
  intake: intakeActs,
  "weekly-program": weeklyProgramActs,
  discharge: dischargeActs,
  aftercare: aftercareActs,
  outreach: outreachActs,
  escalation: escalationActs,
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
