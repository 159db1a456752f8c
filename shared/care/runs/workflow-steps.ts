/**
 * How a workflow's order is written down, in its room's `steps.ts`. The state machines hold the same
 * order; a test derives each machine's graph from there and fails on a difference.
 *
 * `act` steps change something once, `review` steps look at what is due now, `send` steps hand due
 * messages to the sender, `page` steps page staff, `hold` steps wait for a wake or a due time. A hold
 * leads to the step that sends what is due where the loop has one, and to the review otherwise: either
 * way what is due is looked at again. The step that a run stands at is always an `act` or a `review`.
 */
export type StepKind = "act" | "review" | "send" | "page" | "hold";
export type WorkflowStep = {
  readonly kind: StepKind;
  /** The state's name in the machine: what a person would say. */
  readonly state: string;
  /** Outcome → next step; `end` finishes the workflow. One outcome `done` for steps without a choice. */
  readonly next: Readonly<Record<string, string>>;
};
export type WorkflowSteps = {
  /** What one run does, in a sentence: the machine's comment. */
  readonly comment: string;
  readonly firstStep: string;
  /** Where a run of its own begins that another one of the workflow has added. */
  readonly alsoBeginsAt?: string;
  readonly steps: Readonly<Record<string, WorkflowStep>>;
};
