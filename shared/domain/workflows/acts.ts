import { aftercareActs } from "../aftercare/aftercare-acts.ts";
import { dischargeActs } from "../discharge/discharge-acts.ts";
import { escalationActs } from "../escalation/escalation-acts.ts";
import { intakeActs } from "../intake/intake-acts.ts";
import { outreachActs } from "../outreach/outreach-acts.ts";
import { weeklyProgramActs } from "../weekly-program/weekly-program-acts.ts";
import type { Acts } from "./step-result.ts";
import type { WorkflowName } from "./step-table.ts";

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
