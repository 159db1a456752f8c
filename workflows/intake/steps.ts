import { firstSteps } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowSteps } from "../../shared/care/runs/workflow-steps.ts";

/** From a referral to a person enrolled, waiting for a place, or referred on. A person decides. */
export const intakeSteps: WorkflowSteps = {
  comment:
    "From a referral to a person enrolled, waiting for a place, or referred on. A person decides.",
  firstStep: firstSteps.intake,
  steps: {
    acknowledge: {
      kind: "act",
      state: "Acknowledge the referral",
      next: { done: "ask-for-forms" },
    },
    "ask-for-forms": {
      kind: "act",
      state: "Ask for forms",
      next: { asked: "review-forms", "nothing-to-ask": "assess" },
    },
    "review-forms": {
      kind: "review",
      state: "See what the forms need",
      next: {
        send: "send-forms-messages",
        wait: "await-forms",
        unreached: "start-forms-outreach",
        complete: "assess",
        stop: "end",
      },
    },
    "send-forms-messages": {
      kind: "send",
      state: "Send what is due for the forms",
      next: { done: "review-forms" },
    },
    "await-forms": { kind: "hold", state: "Await forms", next: { done: "send-forms-messages" } },
    "start-forms-outreach": {
      kind: "act",
      state: "Start outreach for the forms",
      next: { done: "review-forms" },
    },
    assess: {
      kind: "act",
      state: "Assess and propose",
      next: { proposed: "review-admission", stop: "end" },
    },
    "review-admission": {
      kind: "review",
      state: "See what the admission decision needs",
      next: {
        send: "send-admission-messages",
        wait: "await-admission-decision",
        overdue: "escalate-admission-decision",
        admitted: "enroll",
        waiting: "wait-for-a-place",
        declined: "refer-on",
        stop: "end",
      },
    },
    "send-admission-messages": {
      kind: "send",
      state: "Send what is due before admission",
      next: { done: "review-admission" },
    },
    "await-admission-decision": {
      kind: "hold",
      state: "Await admission decision",
      next: { done: "send-admission-messages" },
    },
    "escalate-admission-decision": {
      kind: "act",
      state: "Escalate the admission decision",
      next: { done: "review-admission" },
    },
    "wait-for-a-place": {
      kind: "act",
      state: "Wait for a place",
      next: { done: "review-admission" },
    },
    enroll: { kind: "act", state: "Enroll", next: { done: "send-welcome" } },
    "refer-on": { kind: "act", state: "Refer on and close", next: { done: "send-welcome" } },
    "send-welcome": {
      kind: "review",
      state: "See whether the last intake message is due",
      next: { send: "send-last-message", wait: "await-last-message", finished: "finish" },
    },
    "send-last-message": {
      kind: "send",
      state: "Send the last intake message",
      next: { done: "send-welcome" },
    },
    "await-last-message": {
      kind: "hold",
      state: "Await the hour of the last message",
      next: { done: "send-last-message" },
    },
    finish: { kind: "act", state: "Finish intake", next: { done: "end" } },
  },
};
