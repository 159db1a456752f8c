import * as z from "zod";
import { taskSchema } from "../../care/episode/care-task.ts";
import { staffFunctions } from "../../care/program/staff-functions.ts";
import {
  assignBodySchema,
  decisionBodySchema,
  outcomeBodySchema,
  retractBodySchema,
  snoozeBodySchema,
} from "../api-bodies.ts";
import { queueRowSchema } from "./queue.ts";
import { id, instant, route } from "./route.ts";
import { noteSchema, referralSchema } from "./written.ts";

const option = z.strictObject({ value: z.string(), words: z.string() });

/** A check-in question as a caller asks it, with the answers there are. */
export const askedQuestionSchema = z.strictObject({
  id: id.describe("The key of its answer"),
  words: z.string(),
  options: z.array(option),
});

const recordedBy = z
  .array(z.enum(staffFunctions))
  .describe("Who may record or decide it; missing where the whole team may")
  .exactOptional();

/** Another open item of the same checklist, and who may tick it where not everybody may. */
export const checklistItemSchema = z.object({ taskId: id, words: z.string(), recordedBy });

/** A task with what somebody needs to work it. */
export const taskDescriptionSchema = queueRowSchema.extend({
  outcomes: z
    .array(option)
    .describe("What may come of it, as it is offered; none for approvals and alerts"),
  recordedBy,
  checklist: z.array(checklistItemSchema).exactOptional(),
  note: noteSchema.describe("What somebody wrote, where the task is about that").exactOptional(),
  outcomeNote: z.string().describe("What was written when it was done").exactOptional(),
  decisionReason: z
    .string()
    .describe("Why it was decided, in the words of who decided")
    .exactOptional(),
  phone: z
    .string()
    .describe("The number a text came from, where it is nobody's that is known here")
    .exactOptional(),
  asksVisitDay: z
    .literal(true)
    .describe("Its outcome may say on which day a visit is")
    .exactOptional(),
  asksReceiver: z
    .literal(true)
    .describe("Its outcome may say who goes on with the aftercare")
    .exactOptional(),
  questions: z
    .array(askedQuestionSchema)
    .describe("What to ask in a call about a check-in; answers are optional"),
});

export const getTask = route({
  method: "GET",
  path: "/tasks/:taskId",
  summary: "One task, with what may come of it and what was written",
  who: "care-team",
  repeats: "reads",
  answer: {
    status: 200,
    schema: taskDescriptionSchema.extend({
      referral: referralSchema.exactOptional(),
      notes: z.array(noteSchema).describe("The latest about the person").exactOptional(),
    }),
  },
});

/** What a caller is told about a task after working it. */
export const workedTaskSchema = z.strictObject({
  taskId: id,
  version: z.int(),
  status: taskSchema.shape.status,
  assignedTo: id.exactOptional(),
  snoozedUntil: instant.exactOptional(),
  decision: z.enum(["approved", "rejected"]).exactOptional(),
  decidedBy: id.exactOptional(),
  effectiveAt: instant.describe("Until then a decision can be taken back").exactOptional(),
  outcome: z.string().describe("Code of what came of it").exactOptional(),
});

const worked = {
  method: "POST",
  who: "care-team",
  repeats: "idempotency-key",
  answer: { status: 200, schema: workedTaskSchema },
} as const;

export const postDecision = route({
  ...worked,
  path: "/tasks/:taskId/decision",
  summary: "Decide an approval",
  body: decisionBodySchema,
  example: { decision: "approved", reason: "Suits well", version: 1 },
});

export const postRetraction = route({
  ...worked,
  path: "/tasks/:taskId/decision/retract",
  summary: "Take a decision back within 30 seconds",
  body: retractBodySchema,
  example: {},
});

export const postOutcome = route({
  ...worked,
  path: "/tasks/:taskId/outcome",
  summary: "Record what came of a task",
  body: outcomeBodySchema,
  example: { outcome: "reached" },
});

export const postSnooze = route({
  ...worked,
  path: "/tasks/:taskId/snooze",
  summary: "Put a task off",
  body: snoozeBodySchema,
  example: { until: "2027-01-13T15:00:00Z" },
});

export const postAssignment = route({
  ...worked,
  path: "/tasks/:taskId/assign",
  summary: "Hand a task over",
  body: assignBodySchema,
  example: { staffId: "casey-riverside" },
});
