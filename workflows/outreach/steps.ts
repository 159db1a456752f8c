import { firstSteps } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowSteps } from "../../shared/care/runs/workflow-steps.ts";

/** One missed contact: up the program's ladder until the participant is reached or a person decides. */
export const outreachSteps: WorkflowSteps = {
  comment:
    "One missed contact: up the program's ladder until the participant is reached or a person decides.",
  firstStep: firstSteps.outreach,
  steps: {
    "review-ladder": {
      kind: "review",
      state: "See which rung is due",
      next: {
        send: "send-outreach-message",
        climb: "climb",
        wait: "await-rung",
        reached: "finish",
        "ran-out": "ask-for-decision",
      },
    },
    "send-outreach-message": {
      kind: "send",
      state: "Send the outreach message",
      next: { done: "review-ladder" },
    },
    climb: { kind: "act", state: "Climb the next rung", next: { done: "review-ladder" } },
    "await-rung": {
      kind: "hold",
      state: "Await the next rung",
      next: { done: "send-outreach-message" },
    },
    "ask-for-decision": {
      kind: "act",
      state: "Ask for a decision",
      next: { done: "review-ladder" },
    },
    finish: { kind: "act", state: "Finish outreach", next: { done: "end" } },
  },
};
