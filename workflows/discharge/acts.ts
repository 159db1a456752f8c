import type { Acts } from "../../shared/care/runs/step-result.ts";
import { openChecklist, remindChecklist } from "./checklist.ts";
import { complete } from "./complete.ts";
import { askForDecision, escalateDecision } from "./discharge-decision.ts";
import { returnToProgram } from "./return-to-program.ts";
import { startAftercare } from "./start-aftercare.ts";

/** One discharge: checklist, decision, farewell, start of aftercare. */
export const dischargeActs: Acts = {
  "open-checklist": openChecklist,
  "remind-checklist": remindChecklist,
  "ask-for-decision": askForDecision,
  "escalate-discharge-decision": escalateDecision,
  "return-to-program": returnToProgram,
  complete,
  "start-aftercare": startAftercare,
};
