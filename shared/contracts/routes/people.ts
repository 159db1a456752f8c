import * as z from "zod";
import { taskSchema } from "../../care/episode/care-task.ts";
import { episodeStatuses } from "../../care/episode/status.ts";
import { id, pageOf, route } from "./route.ts";

const task = taskSchema.shape;

/** The open work about somebody that is to be done first, and whose it is. */
export const nextWorkSchema = z.strictObject({
  taskId: task.taskId,
  label: z.string().describe("What the work is"),
  dueAt: task.dueAt,
  isOverdue: z.boolean(),
  assignedFunction: task.assignedFunction,
  assignedTo: task.assignedTo,
});

/** One person in the list of people: who they are and where in care. */
export const personRowSchema = z.strictObject({
  episodeId: id,
  participantId: id,
  reference: z.string().describe("What the person is told to name"),
  name: z.string(),
  status: z.enum(episodeStatuses),
  phase: z.string().describe("The status in words"),
  siteId: id,
  programId: id,
  week: z.int().describe("The week of the program, from 1").exactOptional(),
  next: nextWorkSchema
    .describe(
      "The open work that is to be done first, with its owner; missing where nothing is open",
    )
    .exactOptional(),
});

export const getParticipants = route({
  method: "GET",
  path: "/participants",
  summary: "People by name, reference, record number, birth date, phone or phase",
  who: "care-team",
  repeats: "reads",
  query: z.object({
    search: z
      .string()
      .describe(
        "Part of a name, legal or preferred, of a reference or a record number; a birth date or a phone",
      )
      .optional(),
    phase: z.enum(episodeStatuses).describe("A status").optional(),
    cursor: z
      .string()
      .regex(/^\d{1,9}$/, "is not one of ours: take it from the last answer")
      .describe("`next` of the last answer")
      .optional(),
  }),
  answer: {
    status: 200,
    schema: pageOf(personRowSchema).extend({
      unreadable: z
        .array(id)
        .describe("Episodes of this page whose record cannot be read: they stand in no row")
        .exactOptional(),
    }),
  },
});
