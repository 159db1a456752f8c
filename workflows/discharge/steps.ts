import { firstSteps } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowSteps } from "../../shared/care/runs/workflow-steps.ts";

/** From the checklist to the decision and the start of aftercare. A person decides. */
export const dischargeSteps: WorkflowSteps = {
  comment: "From the checklist to the decision and the start of aftercare. A person decides.",
  firstStep: firstSteps.discharge,
  steps: {
    "open-checklist": {
      kind: "act",
      state: "Open the discharge checklist",
      next: { opened: "review-checklist", stop: "end" },
    },
    "review-checklist": {
      kind: "review",
      state: "See what the checklist needs",
      next: {
        send: "send-checklist-messages",
        wait: "await-checklist",
        remind: "remind-checklist",
        complete: "ask-for-decision",
        stop: "end",
      },
    },
    "send-checklist-messages": {
      kind: "send",
      state: "Send what is due before discharge",
      next: { done: "review-checklist" },
    },
    "await-checklist": {
      kind: "hold",
      state: "Await the checklist",
      next: { done: "send-checklist-messages" },
    },
    "remind-checklist": {
      kind: "act",
      state: "Remind about the checklist",
      next: { done: "review-checklist" },
    },
    "ask-for-decision": {
      kind: "act",
      state: "Ask for the discharge decision",
      next: { done: "review-decision" },
    },
    "review-decision": {
      kind: "review",
      state: "See what the discharge decision needs",
      next: {
        wait: "await-discharge-decision",
        overdue: "escalate-discharge-decision",
        approved: "complete",
        rejected: "return-to-program",
        stop: "end",
      },
    },
    "await-discharge-decision": {
      kind: "hold",
      state: "Await discharge decision",
      next: { done: "review-decision" },
    },
    "escalate-discharge-decision": {
      kind: "act",
      state: "Escalate the discharge decision",
      next: { done: "review-decision" },
    },
    "return-to-program": { kind: "act", state: "Return to the program", next: { done: "end" } },
    complete: { kind: "act", state: "Complete the discharge", next: { done: "review-farewell" } },
    "review-farewell": {
      kind: "review",
      state: "See whether the discharge message is due",
      next: { send: "send-farewell", wait: "await-farewell", finished: "start-aftercare" },
    },
    "send-farewell": {
      kind: "send",
      state: "Send the discharge message",
      next: { done: "review-farewell" },
    },
    "await-farewell": {
      kind: "hold",
      state: "Await the hour of the discharge message",
      next: { done: "send-farewell" },
    },
    "start-aftercare": { kind: "act", state: "Start aftercare", next: { done: "end" } },
  },
};
