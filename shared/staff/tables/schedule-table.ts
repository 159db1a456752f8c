import { isForOne } from "../../care/sessions/for-one.ts";
import { localTime } from "../../care/time/zoned-time.ts";
import type { Store } from "../../ports/store.ts";
import { loadSites } from "../../store/list-sites.ts";
import { listTimetable, type TimetableRow } from "../sessions/timetable.ts";
import type { StaffMember } from "../staff-member.ts";
import { capitalised, plain } from "../words/timeline-words.ts";
import type { OutgoingTable, TableAsked } from "./table.ts";

/** The timetable of the member of staff's sites between two local days: when, where, who leads, and how it stands. */
export async function scheduleTable(
  deps: { readonly store: Store },
  staff: StaffMember,
  { from, to }: Pick<TableAsked, "from" | "to">,
): Promise<OutgoingTable> {
  const [rows, sites] = await Promise.all([
    listTimetable(deps.store, staff, from, to),
    loadSites(deps.store, staff.siteIds),
  ]);
  const siteOf = (siteId: string) => sites.find((site) => site.siteId === siteId);
  return {
    headings: [
      "Day",
      "Begins",
      "Ends",
      "Session",
      "Kind",
      "Site",
      "Program",
      "Leader",
      "Helps to lead",
      "Room",
      "Online address",
      "Places",
      "How it stands",
      "Planned for",
    ],
    rows: rows.map((row) => {
      const zone = siteOf(row.siteId)?.timeZone ?? "UTC";
      const { place } = row;
      return {
        siteId: row.siteId,
        cells: [
          row.on,
          localTime(row.startsAt, zone),
          localTime(row.endsAt, zone),
          row.title,
          capitalised(plain(row.modality)),
          siteOf(row.siteId)?.name ?? row.siteId,
          row.programName,
          isForOne(row.modality) ? "By person" : (row.leaderName ?? ""),
          row.coLeaderName ?? "",
          place !== undefined && "room" in place ? place.room : "",
          place !== undefined && "onlineAddress" in place ? place.onlineAddress : "",
          row.capacity === undefined ? "" : String(row.capacity),
          standsAs(row),
          row.plannedOn === row.on ? "" : row.plannedOn,
        ],
      };
    }),
  };
}

const statusWords: Readonly<Record<TimetableRow["status"], string>> = {
  held: "As planned",
  "site-closed": "Not held: the site is closed",
  "by-program": "Cancelled",
};

function standsAs({ status, on, plannedOn }: TimetableRow): string {
  return status === "held" && on !== plannedOn ? "Moved" : statusWords[status];
}
