import type { Acts } from "../../shared/care/runs/step-result.ts";
import { closeWeek } from "./close-week.ts";
import { openWeek } from "./open-week.ts";
import { escalateWeekDecision, propose, startDischargeOfWeek, startNextWeek } from "./propose.ts";

/** One program week: open it, close it, propose what comes next and carry the decision out. */
export const weeklyProgramActs: Acts = {
  "open-week": openWeek,
  "close-week": closeWeek,
  propose,
  "escalate-week-decision": escalateWeekDecision,
  "pass-early-decision-on": escalateWeekDecision,
  "start-next-week": startNextWeek,
  "start-discharge": startDischargeOfWeek,
};
