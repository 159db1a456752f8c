import type { WorkflowName } from "../shared/care/episode/workflow-name.ts";
import type { Acts } from "../shared/care/runs/step-result.ts";
import { aftercareActs } from "./aftercare/acts.ts";
import { dischargeActs } from "./discharge/acts.ts";
import { escalationActs } from "./escalation/acts.ts";
import { intakeActs } from "./intake/acts.ts";
import { outreachActs } from "./outreach/acts.ts";
import { weeklyProgramActs } from "./weekly-program/acts.ts";

/**
 * The rules behind each workflow's acts. They bring every planner with them: for who carries out steps,
 * not for who only commits, whose registry stands apart from them.
 */
export const workflowActs: Readonly<Record<WorkflowName, Acts>> = {
  intake: intakeActs,
  "weekly-program": weeklyProgramActs,
  discharge: dischargeActs,
  aftercare: aftercareActs,
  outreach: outreachActs,
  escalation: escalationActs,
};
