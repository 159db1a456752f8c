import type { ItemBase } from "./item-base.ts";
import type { WorkflowName } from "./workflow-name.ts";

export type DriverStatus = "dormant" | "running" | "lost" | "done";

/** A workflow that should be running, or should start later. Lives beside its episode. */
export type Driver = ItemBase & {
  readonly kind: "driver";
  readonly driverId: string;
  readonly workflow: WorkflowName;
  /** What it is about: the episode, a week, a check-in number, an outreach or an escalation. */
  readonly subject: string;
  readonly generation: number;
  readonly step: string;
  readonly status: DriverStatus;
  readonly startAt?: string;
  readonly expectedBy?: string;
  /** Acts since the last wait that changed nothing: a machine must not run in circles. */
  readonly idleSteps?: number;
  /** Ids and numbers the workflow's steps need, e.g. `{ week: 3 }`. */
  readonly data: Readonly<Record<string, string | number>>;
};
