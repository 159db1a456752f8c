import * as z from "zod";
import { episodeStatuses } from "../../care/episode/status.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
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
  to: day.describe("The last day, within 31 days of the first; the first one where it is left out"),
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
