import { firstSteps } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowSteps } from "../../shared/care/runs/workflow-steps.ts";

/** One safety alert: page until somebody answers, and on until somebody has spoken with the participant. */
export const escalationSteps: WorkflowSteps = {
  comment:
    "One safety alert: page until somebody answers, and on until somebody has spoken with the participant.",
  firstStep: firstSteps.escalation,
  steps: {
    "review-alert": {
      kind: "review",
      state: "See what the alert needs",
      next: {
        page: "page",
        "next-tier": "go-to-next-tier",
        wait: "await-contact",
        closed: "finish",
      },
    },
    page: { kind: "page", state: "Page the on-call", next: { done: "review-alert" } },
    "go-to-next-tier": {
      kind: "act",
      state: "Go to the next tier",
      next: { done: "review-alert" },
    },
    "await-contact": {
      kind: "hold",
      state: "Await acknowledgement and contact",
      next: { done: "review-alert" },
    },
    finish: { kind: "act", state: "Finish the escalation", next: { done: "end" } },
  },
};
