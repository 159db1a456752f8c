import * as z from "zod";
import { workflowNames } from "../care/episode/workflow-name.ts";

/** As the state machine service writes them. */
const instant = z.iso.datetime();

/** What a state hands to `advance-care`: ids and codes only. */
export const stepEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  workflow: z.enum(workflowNames),
  /** A step of the workflow's table, `locate`, or `report-problem`. */
  step: z.string().min(1).max(64),
  episodeId: z.string().min(1).max(64),
  driverId: z.string().min(1).max(120),
  generation: z.int().min(1),
  executionName: z.string().min(1).max(80),
  executionStartedAt: instant,
  enteredAt: instant,
  /** How often this execution has looked at what is due; it hands over before its history is long. */
  looks: z.int().min(0),
  /** The error's name, for `report-problem`. */
  problem: z.string().max(200).optional(),
});
export type StepEvent = z.infer<typeof stepEventSchema>;

export const stepAnswerSchema = z.strictObject({
  outcome: z.string(),
  holdUntil: z.string().optional(),
  holdSeconds: z.int().min(1).optional(),
  plannedAtVersion: z.int().optional(),
});
export type StepAnswer = z.infer<typeof stepAnswerSchema>;

/** What a waiting state hands to `hold-care`, with its task token. */
export const holdEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  workflow: z.enum(workflowNames),
  episodeId: z.string().min(1).max(64),
  driverId: z.string().min(1).max(120),
  generation: z.int().min(1),
  token: z.string().min(1).max(4096),
  holdUntil: instant,
  plannedAtVersion: z.int(),
  enteredAt: instant,
  retryCount: z.int().min(0),
});
export type WaitEvent = z.infer<typeof holdEventSchema>;

/** The input of every state machine, byte for byte the same for the same run and generation. */
export const workflowInputSchema = z.strictObject({
  schemaVersion: z.literal(1),
  driverId: z.string(),
  episodeId: z.string(),
  generation: z.int().min(1),
});
