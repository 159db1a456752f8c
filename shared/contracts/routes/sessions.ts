// Long because it is one table: every route about sessions, visits, groups and who comes to them.
import * as z from "zod";
import { attendanceStatuses } from "../../care/episode/attendance-status.ts";
import { sessionCancellations, sessionSchema } from "../../care/episode/session.ts";
import { groupChangeSchema, placeSchema } from "../../care/program/group-change.ts";
import { modalities } from "../../care/program/program.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
import { readersOfApart } from "../../care/sessions/apart.ts";
import { attendanceBodySchema } from "../api-bodies.ts";
import {
  apartBodySchema,
  groupWaitBodySchema,
  makeUpBodySchema,
  timetableChangeBodySchema,
  timetableUndoBodySchema,
  visitBodySchema,
  visitChangeBodySchema,
} from "../schedule-bodies.ts";
import { changedEpisode, date, id, instant, problemSchema, route } from "./route.ts";

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
  participant: z.string().exactOptional().describe("Whose visit it is, where it is one person's"),
});

/** Where somebody is in an online session, and how they are called back. */
const presenceSchema = z.strictObject({
  address: z.string(),
  state: z.string().describe("Postal code"),
  callback: z.string().describe("E.164"),
});

/** Who is expected in a session, and what was entered about them. */
export const rosterRowSchema = z.strictObject({
  episodeId: id,
  participant: z.string(),
  isElsewhere: z
    .literal(true)
    .exactOptional()
    .describe("True where another site has taken the person over since: their record is there"),
  reference: z.string().exactOptional().describe("What the person is told to name"),
  recordNumber: z.string().exactOptional().describe("Theirs in the record system"),
  attendance: z.enum([...attendanceStatuses, "not-yet"]),
  arrivedAt: instant.exactOptional(),
  leftAt: instant.exactOptional(),
  attendedMinutes: z.number().exactOptional(),
  recordedBy: id.exactOptional(),
  corrections: z.int(),
  mood: z.int().exactOptional().describe("As said in the round, from 0 to 10"),
  isOnline: z.boolean().exactOptional().describe("Whether the session is held online"),
  presence: presenceSchema
    .exactOptional()
    .describe("Where the person was who came online, as it was entered"),
  outsideLicence: z
    .boolean()
    .exactOptional()
    .describe("Whether no licence of the leader for that state was on record"),
  onRecord: presenceSchema
    .partial()
    .exactOptional()
    .describe("For an online session: what the record says of where they live and their phone"),
  safetyConcern: z.boolean().exactOptional().describe("Whether staff were worried in the round"),
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

/** Who changes the timetable of a site. */
export const schedulers: readonly StaffFunction[] = [
  "site-lead",
  "supervisor",
  "clinical-lead",
  "front-desk",
  "case-manager",
  "group-leader",
];

/** One session of a site's timetable, and how it stands. */
export const timetableRowSchema = z.strictObject({
  sessionId: id,
  siteId: id,
  programId: id,
  programName: z.string().describe("What the program is called"),
  slot: z.string(),
  title: z.string(),
  topic: z
    .string()
    .describe("What it is about that week, where it has a topic series")
    .exactOptional(),
  modality: z.enum(modalities),
  plannedOn: date.describe("Its date in the timetable"),
  on: date.describe("The date on which it is held, or would be"),
  startsAt: instant,
  endsAt: instant,
  status: z.enum(["held", ...sessionCancellations]),
  place: placeSchema.exactOptional(),
  leaderId: id.exactOptional(),
  leaderName: z.string().exactOptional(),
  coLeaderId: id.exactOptional(),
  coLeaderName: z.string().exactOptional(),
  capacity: z
    .int()
    .describe("Places of the group; without it, nobody is turned away")
    .exactOptional(),
  changes: z.array(groupChangeSchema).describe("What was changed about it, newest first"),
});

const timetableAnswer = {
  status: 200,
  schema: z.strictObject({ sessionId: id, changeId: id }),
} as const;

export const getTimetable = route({
  method: "GET",
  path: "/timetable",
  summary: "The timetable of one's own sites by day, and how each session stands",
  who: "care-team",
  repeats: "reads",
  query: z.object({
    from: day.describe("The first day; today at one's own site where it is left out"),
    to: day.describe("The last day; the first one where it is left out"),
  }),
  answer: { status: 200, schema: z.strictObject({ items: z.array(timetableRowSchema) }) },
});

export const postTimetableChange = route({
  method: "POST",
  path: "/sessions/:sessionId/changes",
  summary:
    "Cancel or move a session, put it online or in a room, give it another leader: one, or all that follow",
  who: schedulers,
  repeats: "idempotency-key",
  body: timetableChangeBodySchema,
  example: { isCancelled: true, words: "The leader is ill" },
  answer: timetableAnswer,
});

export const postTimetableUndo = route({
  method: "POST",
  path: "/sessions/:sessionId/changes/undo",
  summary: "Take a change of a session back: it stands as it would without it",
  who: schedulers,
  repeats: "idempotency-key",
  body: timetableUndoBodySchema,
  example: { changeId: "01JHTEST0000000000000000C1" },
  answer: timetableAnswer,
});

const visitsAnswer = {
  status: 200,
  schema: z.strictObject({
    visits: z.array(
      z.strictObject({
        sessionId: id,
        groupSessionId: id.describe("Its roster of one is under this id"),
        on: date,
        startsAt: instant,
        status: sessionSchema.shape.status,
      }),
    ),
  }),
} as const;

export const postVisit = route({
  method: "POST",
  path: "/episodes/:episodeId/visits",
  summary: "Book a visit of one person with one member of staff, or a series of them",
  who: schedulers,
  repeats: "idempotency-key",
  body: visitBodySchema,
  example: {
    modality: "individual",
    on: "2027-01-20",
    startTime: "14:00",
    durationMinutes: 50,
    leaderId: "avery-riverside",
    place: { room: "Room 4" },
  },
  answer: visitsAnswer,
});

export const postMakeUp = route({
  method: "POST",
  path: "/episodes/:episodeId/make-ups",
  summary:
    "Book a place in another group of the program for hours that were missed, or give it up again",
  who: schedulers,
  repeats: "idempotency-key",
  body: makeUpBodySchema,
  example: {
    sessionId: "riverside:adult-iop:2027-01-14:thu-group",
    reason: "Missed Tuesday",
  },
  answer: changedEpisode,
});

/** Somebody on the waiting list of a group. */
export const groupWaitRowSchema = z.strictObject({
  siteId: id,
  programId: id,
  episodeId: id,
  participant: z.string(),
  group: z.string().describe("What is waited for, in words"),
  track: z
    .string()
    .exactOptional()
    .describe("The track of groups, where a lasting place is waited for"),
  sessionId: id.exactOptional().describe("The group session, where a make-up place is waited for"),
  since: instant.describe("Who is first on this list is asked first"),
  offeredAt: instant
    .exactOptional()
    .describe("Since when the place is kept, and somebody asks them"),
});

export const getGroupWaits = route({
  method: "GET",
  path: "/group-waits",
  summary: "Who waits for a place in a group that is full, at one's own sites, longest first",
  who: "care-team",
  repeats: "reads",
  answer: { status: 200, schema: z.strictObject({ items: z.array(groupWaitRowSchema) }) },
});

export const postGroupWait = route({
  method: "POST",
  path: "/episodes/:episodeId/group-waits",
  summary:
    "Put somebody on the waiting list of a group that is full, or take them off it; the longest wait is offered the next place",
  who: schedulers,
  repeats: "idempotency-key",
  body: groupWaitBodySchema,
  example: {
    sessionId: "riverside:adult-iop:2027-01-14:thu-group",
    reason: "Missed Tuesday; no other group this week",
  },
  answer: changedEpisode,
});

/** Somebody with whom a person is not to be in one group. */
export const apartRowSchema = z.strictObject({
  recordId: id.describe("The person’s own record of which it was said"),
  otherEpisodeId: id,
  participant: z.string().describe("Who it is, where they are at one of one's own sites"),
  isHere: z.boolean().describe("Whether they are at one of one's own sites"),
  since: instant,
  by: id.describe("Who recorded it"),
  reason: z.string().exactOptional().describe("Why; only for those who may record it"),
  shared: z.array(z.string()).describe("Groups that both come to now"),
});

export const getApart = route({
  method: "GET",
  path: "/episodes/:episodeId/apart",
  summary: "With whom somebody is not to be in one group",
  who: "care-team",
  repeats: "reads",
  answer: { status: 200, schema: z.strictObject({ items: z.array(apartRowSchema) }) },
});

export const postApart = route({
  method: "POST",
  path: "/episodes/:episodeId/apart",
  summary: "Record that two people are not to be in one group, or take it back",
  who: readersOfApart,
  repeats: "idempotency-key",
  body: apartBodySchema,
  example: {
    otherEpisodeId: "01MC2GRXR0XW999SSFGSH439Q8",
    reason: "Divorced, and afraid of each other",
  },
  answer: changedEpisode,
});

export const postVisitChange = route({
  method: "POST",
  path: "/visits/:sessionId/changes",
  summary:
    "Cancel a visit or hold it after all, move it, give it another place or leader: one, or those that follow",
  who: schedulers,
  repeats: "idempotency-key",
  body: visitChangeBodySchema,
  example: { moveTo: { on: "2027-01-20", startTime: "15:00" }, reason: "Asked for later" },
  answer: visitsAnswer,
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
