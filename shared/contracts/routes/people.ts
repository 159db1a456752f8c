import * as z from "zod";
import { episodeStatuses } from "../../care/episode/status.ts";
import { id, pageOf, route } from "./route.ts";

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
        .describe(
          "Episodes whose record cannot be read: they stand in no row, whatever is searched",
        )
        .exactOptional(),
    }),
  },
});
