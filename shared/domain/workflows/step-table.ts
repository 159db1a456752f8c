/**
 * The six workflows as tables: the only place that says which step follows which. The state machines
 * hold the same order; a test derives each machine's graph from here and fails on a difference.
 *
 * `act` steps change something once, `review` steps look at what is due now, `send` steps hand due
 * messages to the sender, `page` steps page staff, `hold` steps wait for a wake or a due time. A hold
 * leads to the step that sends what is due where the loop has one, and to the review otherwise: either
 * way what is due is looked at again. A driver's stored step is always an `act` or a `review`.
 */
export const workflowNames = [
  "intake",
  "weekly-program",
  "discharge",
  "aftercare",
  "outreach",
  "escalation",
] as const;
export type WorkflowName = (typeof workflowNames)[number];

export type StepKind = "act" | "review" | "send" | "page" | "hold";
export type Step = {
  readonly kind: StepKind;
  /** The state's name in the machine: what a person would say. */
  readonly state: string;
  /** Outcome → next step; `end` finishes the workflow. One outcome `done` for steps without a choice. */
  readonly next: Readonly<Record<string, string>>;
};
export type WorkflowTable = {
  readonly firstStep: string;
  /** Where a driver of its own begins that another one of the workflow has added. */
  readonly alsoBeginsAt?: string;
  readonly steps: Readonly<Record<string, Step>>;
};

export const stepTable: Readonly<Record<WorkflowName, WorkflowTable>> = {
  intake: {
    firstStep: "acknowledge",
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
  },
  "weekly-program": {
    firstStep: "open-week",
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
          stop: "end",
        },
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
  },
  discharge: {
    firstStep: "open-checklist",
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
  },
  aftercare: {
    firstStep: "open-check-in",
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
  },
  outreach: {
    firstStep: "review-ladder",
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
  },
  escalation: {
    firstStep: "review-alert",
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
  },
};

/** A step by its name from outside; `undefined` where the table has none, `constructor` and the like included. */
export function stepOf(workflow: WorkflowName, step: string): Step | undefined {
  const { steps } = stepTable[workflow];
  return Object.hasOwn(steps, step) ? steps[step] : undefined;
}

/** The step after an outcome, or `undefined` where the outcome is not in the table. */
export function nextStep(
  workflow: WorkflowName,
  step: string,
  outcome: string,
): string | undefined {
  const next = stepOf(workflow, step)?.next;
  return next !== undefined && Object.hasOwn(next, outcome) ? next[outcome] : undefined;
}

/** The act that is all that ever follows an act: one call takes both, each with its own commit. */
export function actAfter(workflow: WorkflowName, act: string): string | undefined {
  const [next, ...others] = Object.values(stepOf(workflow, act)?.next ?? {});
  const isAct =
    stepOf(workflow, act)?.kind === "act" && stepOf(workflow, next ?? "")?.kind === "act";
  return isAct && others.length === 0 ? next : undefined;
}

/**
 * The step a driver's record holds after an outcome. Sends, pages and holds are passed through: they
 * always come back to the step that sent them there, so a rebuilt execution looks again from it.
 */
export function resumeStep(
  workflow: WorkflowName,
  step: string,
  outcome: string,
): string | undefined {
  const next = nextStep(workflow, step, outcome);
  if (next === undefined || next === "end") return next;
  const kind = stepOf(workflow, next)?.kind;
  return kind === "act" || kind === "review" ? next : step;
}
