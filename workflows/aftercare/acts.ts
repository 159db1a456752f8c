import type { Acts } from "../../shared/care/runs/step-result.ts";
import { escalateClosing, finishAftercare, planNext } from "./close-aftercare.ts";
import { openCheckIn } from "./open-check-in.ts";
import { assessAnswer, recordMissed } from "./settle-check-in.ts";

/** One check-in or call: open, take in the answer, plan the next. A person closes. */
export const aftercareActs: Acts = {
  "open-check-in": openCheckIn,
  "assess-answer": assessAnswer,
  "record-missed": recordMissed,
  "plan-next": planNext,
  "escalate-closing-decision": escalateClosing,
  finish: finishAftercare,
};
