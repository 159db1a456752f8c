import type { WorkflowSteps } from "../workflows/step-result.ts";
import { askForAttendance, closeWeek } from "./close-week.ts";
import { openWeek } from "./open-week.ts";
import {
  escalateWeekDecision,
  propose,
  reviewProposal,
  startDischargeOfWeek,
  startNextWeek,
} from "./propose.ts";
import { reviewWeek } from "./review-week.ts";

export const weeklyProgramSteps: WorkflowSteps = {
  reviews: { "review-week": reviewWeek, "review-proposal": reviewProposal },
  acts: {
    "open-week": openWeek,
    "ask-for-attendance": askForAttendance,
    "close-week": closeWeek,
    propose,
    "escalate-week-decision": escalateWeekDecision,
    "start-next-week": startNextWeek,
    "start-discharge": startDischargeOfWeek,
  },
};
