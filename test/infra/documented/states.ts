import type { FunctionName } from "../../../infra/functions/catalogue.ts";

const step = {
  schemaVersion: 1,
  workflow: "intake",
  episodeId: "01J0",
  driverId: "intake-01J0",
  generation: 1,
};
const entered = {
  executionName: "intake-01J0-g1",
  executionStartedAt: "2026-01-12T19:03:58.000Z",
  enteredAt: "2026-01-12T19:03:58.100Z",
  looks: 0,
};
/** What the states of our machines hand over; for an episode that is not there. */
export const fromStates: readonly (readonly [FunctionName, Record<string, unknown>])[] = [
  [
    "advance-care",
    {
      ...step,
      step: "locate",
      ...entered,
    },
  ],
  [
    "hold-care",
    {
      ...step,
      token: "AAAAKgAAAAIAAAAAAAAAAQ",
      holdUntil: "2026-01-14T19:03:58.000Z",
      plannedAtVersion: 1,
      enteredAt: "2026-01-12T19:03:58.000Z",
      retryCount: 0,
    },
  ],
  ["send-message", { ...step, step: "send-forms-messages", ...entered }],
  ["page-on-call", { schemaVersion: 1, episodeId: "01J0", driverId: "escalation-01J0" }],
];
