import { firstSteps } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowSteps } from "../../shared/care/runs/workflow-steps.ts";

/** One program week: sessions, measures and messages, then what comes next. A person decides on transitions. */
export const weeklyProgramSteps: WorkflowSteps = {
  comment:
    "One program week: sessions, measures and messages, then what comes next. A person decides on transitions.",
  firstStep: firstSteps["weekly-program"],
  steps: {
    "open-week": {
      kind: "act",
      state: "Open the week",
      next: { opened: "review-week", stop: "end" },
    },
    "review-week": {
      kind: "review",
      state: "See what the week needs",
      next: {
        send: "send-week-messages",
        wait: "await-week",
        over: "close-week",
        overdue: "pass-early-decision-on",
        stop: "end",
      },
    },
    "pass-early-decision-on": {
      kind: "act",
      state: "Pass on a decision that a leave left open",
      next: { done: "review-week" },
    },
    "send-week-messages": {
      kind: "send",
      state: "Send what is due this week",
      next: { done: "review-week" },
    },
    "await-week": {
      kind: "hold",
      state: "Hold until something is due",
      next: { done: "send-week-messages" },
    },
    "close-week": { kind: "act", state: "Close the week", next: { done: "propose" } },
    propose: {
      kind: "act",
      state: "Propose what comes next",
      next: { proposed: "review-proposal", stop: "end" },
    },
    "review-proposal": {
      kind: "review",
      state: "See what the week's decision needs",
      next: {
        send: "send-proposal-messages",
        wait: "await-week-decision",
        overdue: "escalate-week-decision",
        continue: "start-next-week",
        discharge: "start-discharge",
        stop: "end",
      },
    },
    "send-proposal-messages": {
      kind: "send",
      state: "Send what is due meanwhile",
      next: { done: "review-proposal" },
    },
    "await-week-decision": {
      kind: "hold",
      state: "Await the week's decision",
      next: { done: "send-proposal-messages" },
    },
    "escalate-week-decision": {
      kind: "act",
      state: "Escalate the week's decision",
      next: { done: "review-proposal" },
    },
    "start-next-week": { kind: "act", state: "Start the next week", next: { done: "end" } },
    "start-discharge": { kind: "act", state: "Start discharge", next: { done: "end" } },
  },
};
