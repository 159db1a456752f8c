import { payerDayWords } from "../../care/sessions/payer-days.ts";
import { localTime } from "../../care/time/zoned-time.ts";
import type { Store } from "../../ports/store.ts";
import { loadSites } from "../../store/list-sites.ts";
import {
  type GroupSessionRow,
  listGroupSessions,
  listRosterOf,
} from "../sessions/group-sessions.ts";
import { payerDaysOf } from "../sessions/payer-day-of.ts";
import type { StaffMember } from "../staff-member.ts";
import { nameOrId, staffNames } from "../words/actor-words.ts";
import { attendanceAsWords, capitalised, plain } from "../words/timeline-words.ts";
import type { OutgoingTable, TableAsked } from "./table.ts";

/**
 * The headings of an attendance file, going out and coming in. A file that comes in needs those that say whose row it
 * is and what is entered; the others may be missing, and are read by people alone.
 */
export const attendanceHeadings = {
  day: "Day",
  begins: "Begins",
  ends: "Ends",
  session: "Session",
  name: "Name",
  reference: "Reference",
  recordNumber: "Record number",
  attendance: "Attendance",
  arrived: "Arrived",
  left: "Left",
  minutes: "Minutes",
  mood: "Mood, 0 to 10",
  enteredBy: "Entered by",
  address: "Online: where they are",
  state: "Online: state",
  callback: "Online: callback number",
  reason: "Reason for a correction",
  payer: "Payer",
  payerDay: "Day for the payer",
} as const;

/** A session as an attendance file names it. */
export function sessionLabel({ modality, slot }: GroupSessionRow): string {
  return capitalised(plain(modality ?? slot));
}

/** Who was expected in the sessions between two local days, and what was entered about them. */
export async function attendanceTable(
  deps: { readonly store: Store },
  staff: StaffMember,
  { from, to }: Pick<TableAsked, "from" | "to">,
): Promise<OutgoingTable> {
  const [sessions, sites] = await Promise.all([
    listGroupSessions(deps.store, staff, from, to),
    loadSites(deps.store, staff.siteIds),
  ]);
  const expected = [];
  for (const session of sessions)
    for (const row of await listRosterOf(deps.store, staff, session.sessionId))
      expected.push({ session, row });
  const [names, payerDays] = await Promise.all([
    staffNames(
      deps.store,
      expected.map(({ row }) => row.recordedBy),
    ),
    payerDaysOf(
      deps.store,
      expected.map(({ row }) => row.episodeId),
      from,
      to,
    ),
  ]);
  return {
    headings: Object.values(attendanceHeadings),
    rows: expected.map(({ session, row }) => {
      const zone = sites.find(({ siteId }) => siteId === session.siteId)?.timeZone ?? "UTC";
      const where = row.presence ?? row.onRecord ?? {};
      const day = payerDays.get(row.episodeId)?.find(({ on }) => on === session.on);
      const time = (at: string | undefined) => (at === undefined ? "" : localTime(at, zone));
      return {
        siteId: session.siteId,
        cells: [
          session.on,
          time(session.startsAt),
          time(session.endsAt),
          sessionLabel(session),
          row.participant,
          row.reference ?? "",
          row.recordNumber ?? "",
          row.attendance === "not-yet" ? "" : capitalised(attendanceAsWords(row.attendance)),
          time(row.arrivedAt),
          time(row.leftAt),
          row.attendedMinutes === undefined ? "" : String(row.attendedMinutes),
          row.mood === undefined ? "" : String(row.mood),
          nameOrId(names, row.recordedBy),
          where.address ?? "",
          where.state ?? "",
          where.callback ?? "",
          "",
          day?.payer ?? "",
          day === undefined ? "" : capitalised(payerDayWords(day)),
        ],
      };
    }),
  };
}
