import * as z from "zod";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";
import { workflowNames } from "./workflow-name.ts";

const runStatus = z.enum(["dormant", "running", "lost", "done"]);

/** A workflow that should be running, or should start later. Lives beside its episode. */
export const workflowRunSchema = z.object({
  ...itemBase,
  kind: z.literal("driver"),
  driverId: z.string(),
  workflow: z.enum(workflowNames),
  /** What it is about: the episode, a week, a check-in number, an outreach or an escalation. */
  subject: z.string(),
  generation: count,
  step: z.string(),
  status: runStatus,
  startAt: z.exactOptional(instant),
  expectedBy: z.exactOptional(instant),
  /** Acts since the last wait that changed nothing: a machine must not run in circles. */
  idleSteps: z.exactOptional(count),
  /** Ids and numbers the workflow's steps need, e.g. `{ week: 3 }`. */
  data: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type WorkflowRun = Stored<typeof workflowRunSchema>;
