import { EventBridgeSchema } from "@aws-lambda-powertools/parser/schemas/eventbridge";
import * as z from "zod";
import { type WorkflowName, workflowNames } from "../care/episode/workflow-name.ts";
import { workflowInputSchema } from "./step-event.ts";

/** An execution that ended badly; the part of it that is used. */
const executionEndedSchema = EventBridgeSchema.pick({ "detail-type": true }).extend({
  "detail-type": z.literal("Step Functions Execution Status Change"),
  detail: z.object({
    status: z.enum(["FAILED", "ABORTED", "TIMED_OUT"]),
    executionArn: z.string().max(512),
    /** Left out where input and output are too large together for an event. */
    input: z.string().nullish(),
  }),
});

/** What calls the sweep: the end of an execution, the rule of every minute, or an operator. */
export const sweepEventSchema = z.union([
  executionEndedSchema,
  EventBridgeSchema.pick({ "detail-type": true }).extend({
    "detail-type": z.literal("Scheduled Event"),
  }),
  z.object({
    rebuild: z.boolean().optional(),
    /** Of the due-work index: where the caller knows of something due. */
    partitions: z.array(z.string().max(200)).min(1).max(2000).optional(),
  }),
]);
export type SweepEvent = z.infer<typeof sweepEventSchema>;

export type EndedExecution = z.infer<typeof executionEndedSchema>["detail"];

/** The end of an execution that an event tells of; undefined for any other call. */
export function endedExecution(event: SweepEvent): EndedExecution | undefined {
  const parsed = executionEndedSchema.safeParse(event);
  return parsed.success ? parsed.data.detail : undefined;
}

/** Whose execution it is, by what it was started with; `undefined` when that is none of ours. */
export function runOfInput(
  input: string | null | undefined,
): z.infer<typeof workflowInputSchema> | undefined {
  try {
    const parsed = workflowInputSchema.safeParse(JSON.parse(input ?? ""));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Machine and name in `arn:aws:states:<region>:<account>:execution:throughcare-<workflow>:<name>`. */
export function executionOfArn(
  executionArn: string,
): { readonly workflow: WorkflowName; readonly name: string } | undefined {
  const [, machine = "", name] =
    /^arn:aws:states:[\w-]+:\d{12}:execution:throughcare-([\w-]+):([\w.-]+)$/.exec(executionArn) ??
    [];
  const workflow = workflowNames.find((one) => one === machine);
  return workflow === undefined || name === undefined ? undefined : { workflow, name };
}
