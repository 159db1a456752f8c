/** The six workflows. Each has a room of its own in `workflows/`, and a state machine. */
export const workflowNames = [
  "intake",
  "weekly-program",
  "discharge",
  "aftercare",
  "outreach",
  "escalation",
] as const;
export type WorkflowName = (typeof workflowNames)[number];

/** Where each begins: what starts a run of another workflow needs to know this much of it, and no more. */
export const firstSteps = {
  intake: "acknowledge",
  "weekly-program": "open-week",
  discharge: "open-checklist",
  aftercare: "open-check-in",
  outreach: "review-ladder",
  escalation: "review-alert",
} as const satisfies Readonly<Record<WorkflowName, string>>;
