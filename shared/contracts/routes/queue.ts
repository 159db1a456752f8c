import * as z from "zod";
import { taskSchema } from "../../care/episode/care-task.ts";
import { episodeSchema } from "../../care/episode/episode.ts";
import { id, route } from "./route.ts";

/** The tabs of the queue, in their order. */
export const queueTabs = ["safety", "approvals", "work", "overdue", "snoozed", "done"] as const;

/** Whose work is listed: what is assigned to oneself, what is one's functions' to do, or everything of the sites. */
export const whoseWork = ["mine", "team", "all"] as const;

const task = taskSchema.shape;

/** A record as a list may tell it from another: by whom it is known as, its reference, and since when it is there. */
const recordSchema = z.strictObject({
  participant: z.string(),
  reference: z.string(),
  referredAt: episodeSchema.shape.createdAt,
});

/** One row of the queue: why it is here, by when, and what can be done. */
export const queueRowSchema = z.strictObject({
  taskId: task.taskId,
  version: task.version,
  taskKind: task.taskKind,
  label: z.string().describe("What the work is"),
  isApproval: task.isApproval,
  status: task.status,
  priority: task.priority,
  words: task.words,
  proposal: task.proposal,
  evidence: task.evidence,
  openedAt: task.openedAt,
  dueAt: task.dueAt,
  isOverdue: z.boolean(),
  snoozedUntil: task.snoozedUntil,
  assignedFunction: task.assignedFunction,
  assignedTo: task.assignedTo,
  requestedBy: task.requestedBy,
  owed: task.owed.describe("Who gets it next where it is not done, and who got it already"),
  late: task.owed
    .unwrap()
    .shape.steps.describe(
      "The same for other work: who gets it where it is late, and who has got it",
    )
    .exactOptional(),
  handedUpFrom: task.assignedFunction
    .describe("Whose work it is, where somebody else has it by now because it was late")
    .exactOptional(),
  about: task.about,
  episodeId: id
    .describe(
      "Missing where the task belongs to no participant, such as a text from an unknown number",
    )
    .exactOptional(),
  participant: z.string(),
  phase: z.string(),
  week: z.int().exactOptional(),
  lastContact: episodeSchema.shape.lastContact.describe(
    "When the person was last spoken with, seen or heard from",
  ),
  siteId: id,
  records: z
    .strictObject({ own: recordSchema, other: recordSchema })
    .describe("The two records of which it is asked whether they are of the same person")
    .exactOptional(),
  decision: task.decision,
  outcome: task.outcome,
});

export const getQueue = route({
  method: "GET",
  path: "/queue",
  summary: "The work, in the order to do it",
  who: "care-team",
  repeats: "reads",
  query: z.object({
    tab: z.enum(queueTabs).default("approvals"),
    whose: z
      .enum(whoseWork)
      .describe("What is assigned to oneself, one’s functions’ work besides, or all of it")
      .default("all"),
    cursor: z
      .string()
      .regex(/^\d{1,9}$/, "is not one of ours: take it from the last answer")
      .describe("`next` of the last answer")
      .optional(),
  }),
  answer: {
    status: 200,
    schema: z.strictObject({
      tab: z.enum(queueTabs),
      counts: z.partialRecord(z.enum(queueTabs), z.int()).describe("Open tasks by tab"),
      items: z.array(queueRowSchema),
      next: z.string().describe("The cursor of the page after it").exactOptional(),
    }),
  },
});
