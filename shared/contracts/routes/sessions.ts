import * as z from "zod";
import { attendanceStatuses } from "../../care/episode/attendance-status.ts";
import { sessionSchema } from "../../care/episode/session.ts";
import { attendanceBodySchema } from "../api-bodies.ts";
import { date, id, instant, problemSchema, route } from "./route.ts";

/** A place in the timetable on one day: everybody who is expected there shares it. */
export const groupSessionRowSchema = z.strictObject({
  sessionId: id,
  siteId: id,
  programId: id,
  slot: z.string(),
  on: date,
  startsAt: instant.exactOptional(),
  endsAt: instant.exactOptional(),
  modality: sessionSchema.shape.modality.exactOptional(),
  expected: z.int().describe("How many people are expected"),
  marked: z.int().describe("For how many attendance is entered"),
});

/** Who is expected in a session, and what was entered about them. */
export const rosterRowSchema = z.strictObject({
  episodeId: id,
  participant: z.string(),
  attendance: z.enum([...attendanceStatuses, "not-yet"]),
  attendedMinutes: z.number().exactOptional(),
  recordedBy: id.exactOptional(),
  corrections: z.int(),
});

/** What came of one person's row. */
export const attendanceResultSchema = z.discriminatedUnion("result", [
  z.strictObject({
    episodeId: id,
    result: z.literal("recorded"),
    attendance: sessionSchema.shape.attendance,
  }),
  z.strictObject({ episodeId: id, result: z.literal("refused"), sentence: z.string() }),
]);

const results = z.array(attendanceResultSchema).describe("One for each row, in its order");
const day = z.iso.date("must be a date, such as 2027-01-15").optional();

export const getSessions = route({
  method: "GET",
  path: "/sessions",
  summary: "Group sessions by day",
  who: "care-team",
  repeats: "reads",
  query: z.object({
    from: day.describe("The first day; today at one's own site where it is left out"),
    to: day.describe("The last day; the first one where it is left out"),
  }),
  answer: { status: 200, schema: z.strictObject({ items: z.array(groupSessionRowSchema) }) },
});

export const getRoster = route({
  method: "GET",
  path: "/sessions/:sessionId/roster",
  summary: "Who is expected, and attendance",
  who: "care-team",
  repeats: "reads",
  answer: {
    status: 200,
    schema: z.strictObject({ session: groupSessionRowSchema, items: z.array(rosterRowSchema) }),
  },
});

export const putAttendance = route({
  method: "PUT",
  path: "/sessions/:sessionId/attendance",
  summary: "Enter or correct attendance",
  who: "care-team",
  repeats: "same-result",
  body: attendanceBodySchema,
  example: [{ episodeId: "01JHTEST0000000000000000E1", status: "present" }],
  answer: { status: 200, schema: z.strictObject({ results }) },
  refusals: { 409: problemSchema.extend({ results }) },
});
