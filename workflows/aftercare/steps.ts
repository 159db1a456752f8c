import { firstSteps } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowSteps } from "../../shared/care/runs/workflow-steps.ts";

/** One check-in or call: open, await the answer, assess, plan the next. A person closes. */
export const aftercareSteps: WorkflowSteps = {
  comment: "One check-in or call: open, await the answer, assess, plan the next. A person closes.",
  firstStep: firstSteps.aftercare,
  alsoBeginsAt: "review-closing",
  steps: {
    "open-check-in": {
      kind: "act",
      state: "Open the check-in or the call",
      next: { opened: "review-check-in", stop: "end" },
    },
    "review-check-in": {
      kind: "review",
      state: "See what the check-in needs",
      next: {
        send: "send-check-in-messages",
        wait: "await-answer",
        answered: "assess-answer",
        missed: "record-missed",
        stop: "end",
      },
    },
    "send-check-in-messages": {
      kind: "send",
      state: "Send what is due for the check-in",
      next: { done: "review-check-in" },
    },
    "await-answer": {
      kind: "hold",
      state: "Await answer",
      next: { done: "send-check-in-messages" },
    },
    "assess-answer": { kind: "act", state: "Assess the answer", next: { done: "plan-next" } },
    "record-missed": {
      kind: "act",
      state: "Record the missed check-in",
      next: { done: "plan-next" },
    },
    "plan-next": {
      kind: "act",
      state: "Plan the next check-in",
      next: { planned: "end", "propose-closing": "end" },
    },
    "review-closing": {
      kind: "review",
      state: "See what the closing decision needs",
      next: {
        send: "send-closing-messages",
        wait: "await-closing-decision",
        overdue: "escalate-closing-decision",
        closed: "finish",
        stop: "end",
      },
    },
    "send-closing-messages": {
      kind: "send",
      state: "Send what is due at closing",
      next: { done: "review-closing" },
    },
    "await-closing-decision": {
      kind: "hold",
      state: "Await closing decision",
      next: { done: "send-closing-messages" },
    },
    "escalate-closing-decision": {
      kind: "act",
      state: "Escalate the closing decision",
      next: { done: "review-closing" },
    },
    // The last message may have to wait for its hour: the review looks after it and then stops.
    finish: { kind: "act", state: "Close aftercare", next: { done: "review-closing" } },
  },
};
