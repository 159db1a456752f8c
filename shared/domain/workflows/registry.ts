import { aftercareSteps } from "../aftercare/aftercare-steps.ts";
import { dischargeSteps } from "../discharge/discharge-steps.ts";
import { escalationSteps } from "../escalation/escalation-steps.ts";
import { intakeSteps } from "../intake/intake-steps.ts";
import { outreachSteps } from "../outreach/outreach-steps.ts";
import { weeklyProgramSteps } from "../weekly-program/weekly-program-steps.ts";
import type { WorkflowSteps } from "./step-result.ts";
import type { WorkflowName } from "./step-table.ts";

/** The rules behind each workflow's steps. */
export const workflowSteps: Readonly<Record<WorkflowName, WorkflowSteps>> = {
  intake: intakeSteps,
  "weekly-program": weeklyProgramSteps,
  discharge: dischargeSteps,
  aftercare: aftercareSteps,
  outreach: outreachSteps,
  escalation: escalationSteps,
};
