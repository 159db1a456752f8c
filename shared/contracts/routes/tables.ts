import * as z from "zod";
import { episodeStatuses } from "../../care/episode/status.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
import { fileLimits } from "../file-limits.ts";
import { route } from "./route.ts";
import { schedulers } from "./sessions.ts";

/** Those who answer for the people of a site, and take lists of them out. */
const keepersOfLists: readonly StaffFunction[] = [
  "site-lead",
  "supervisor",
  "clinical-lead",
  "case-manager",
];

/** What goes out to a spreadsheet: what it is called, and who may take it out. */
export const outgoingTables = {
  roster: { label: "People", who: keepersOfLists },
  schedule: { label: "Schedule", who: schedulers },
  attendance: { label: "Attendance", who: keepersOfLists },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly who: readonly StaffFunction[] }>
>;

/** A kind of table that goes out. */
export type OutgoingTableKind = keyof typeof outgoingTables;

const day = z.iso.date("must be a date, such as 2027-01-15").optional();
const days = z.object({
  from: day.describe("The first local day; today at one's own site where it is left out"),
  to: day.describe("The last day, of 31 at most; the first one where it is left out"),
});

const answer = {
  status: 200,
  schema: z.strictObject({
    fileName: z.string(),
    rowCount: z.int().describe("How many rows, the headings not counted"),
    csv: z
      .string()
      .describe(
        "The file: UTF-8 with its mark at the start, headings in words. Cells that a spreadsheet would take for a formula begin with an apostrophe",
      ),
  }),
} as const;

export const getRosterExport = route({
  method: "GET",
  path: "/exports/roster",
  summary: "The people of one's own sites as a CSV file; the site's audit trail says who took it",
  who: outgoingTables.roster.who,
  repeats: "reads",
  query: z.object({
    search: z.string().max(100).describe("As in `GET /participants`").optional(),
    phase: z.enum(episodeStatuses).describe("A status").optional(),
  }),
  answer,
});

export const getScheduleExport = route({
  method: "GET",
  path: "/exports/schedule",
  summary:
    "The timetable of one's own sites as a CSV file; the site's audit trail says who took it",
  who: outgoingTables.schedule.who,
  repeats: "reads",
  query: days,
  answer,
});

export const getAttendanceExport = route({
  method: "GET",
  path: "/exports/attendance",
  summary:
    "Who was expected, and attendance, as a CSV file; the site's audit trail says who took it",
  who: outgoingTables.attendance.who,
  repeats: "reads",
  query: days,
  answer,
});

/** What is said of one line of a file that came in. */
export const importedLineSchema = z.strictObject({
  line: z.int().describe("Where it begins in the file; the headings are on line 1"),
  person: z.string().describe("Whom it is about"),
  what: z.string().describe("What it changes, in words"),
  state: z
    .enum(["to-do", "done", "same", "blank", "refused"])
    .describe(
      "It would be entered; it was entered; it stands there already; it says nothing; it is left out",
    ),
  sentence: z.string().describe("Why it is left out").exactOptional(),
});

const importBodySchema = z.strictObject({
  csv: z
    .string()
    .min(1, "must not be empty")
    .describe(`The file: at most ${fileLimits.lines} lines, with the headings of an export`),
  seen: z.exactOptional(
    z
      .string()
      .max(20_000)
      .describe(
        "`seen` of the answer that showed the differences: has them entered. Without it nothing is written",
      ),
  ),
});

const importAnswer = {
  status: 200,
  schema: z.strictObject({
    isApplied: z.boolean().describe("False where nothing was written"),
    lines: z.array(importedLineSchema),
    seen: z.string().describe("Send it back to have the differences entered"),
  }),
} as const;

export const postAttendanceImport = route({
  method: "POST",
  path: "/imports/attendance",
  summary:
    "Look at what an attendance file would change, line by line; then have it entered, as the page of a session does",
  who: "care-team",
  repeats: "same-result",
  largestBodyBytes: fileLimits.bytes,
  body: importBodySchema,
  example: {
    csv: "Day,Begins,Reference,Attendance\n2027-01-11,09:00,TC-9999,Present\n",
  },
  answer: importAnswer,
});

export const postVisitsImport = route({
  method: "POST",
  path: "/imports/visits",
  summary:
    "Look at which visits a file would book, line by line; then have them booked, as the page of a schedule does",
  who: schedulers,
  repeats: "same-result",
  largestBodyBytes: fileLimits.bytes,
  body: importBodySchema,
  example: {
    csv: "Day,Begins,Minutes,Kind,Reference,With,Room\n2027-01-20,14:00,50,Individual,TC-9999,Avery Chen,Room 4\n",
  },
  answer: importAnswer,
});

export const postRosterImport = route({
  method: "POST",
  path: "/imports/roster",
  summary:
    "Look at who a file would move to which groups, line by line; then have them moved, as the page of a schedule does",
  who: schedulers,
  repeats: "same-result",
  largestBodyBytes: fileLimits.bytes,
  body: importBodySchema,
  example: { csv: "Reference,Groups,First day\nTC-9999,Evenings,2027-01-18\n" },
  answer: importAnswer,
});
