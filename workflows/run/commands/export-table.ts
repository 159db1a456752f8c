import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import { addDays } from "../../../shared/care/time/zoned-time.ts";
import { writeCsv } from "../../../shared/contracts/csv/write-csv.ts";
import { type OutgoingTableKind, outgoingTables } from "../../../shared/contracts/routes/tables.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import { attendanceTable } from "../../../shared/staff/tables/attendance-table.ts";
import { rosterTable } from "../../../shared/staff/tables/roster-table.ts";
import { scheduleTable } from "../../../shared/staff/tables/schedule-table.ts";
import type { OutgoingTable, TableAsked } from "../../../shared/staff/tables/table.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { changeSite } from "../../../shared/store/change-site.ts";

/** A file as it goes out. */
export type ExportedTable = {
  readonly fileName: string;
  readonly rowCount: number;
  readonly csv: string;
};

/** Each session is read with everybody in it: a month is what one call has the time for. */
const daysInOneFile = 31;

const builders: Readonly<
  Record<
    OutgoingTableKind,
    (deps: CareDeps, staff: StaffMember, asked: TableAsked) => Promise<OutgoingTable | Refusal>
  >
> = { roster: rosterTable, schedule: scheduleTable, attendance: attendanceTable };

/**
 * Takes a table of one's own sites out as a CSV file. The audit trail of each site says who took which table out, of
 * which days, with how many of its rows, before anybody gets it.
 */
export async function exportTable(
  deps: CareDeps,
  by: { readonly staff: StaffMember; readonly actor: Actor },
  kind: OutgoingTableKind,
  asked: TableAsked,
): Promise<ExportedTable | Refusal> {
  const { label, who } = outgoingTables[kind];
  if (!by.staff.functions.some((one) => who.some((name) => name === one)))
    return { refused: "not-allowed", sentence: "This list is not for your function." };
  const isByDay = kind !== "roster";
  if (isByDay && asked.to < asked.from)
    return { refused: "invalid", sentence: "The last day is before the first." };
  if (isByDay && asked.to >= addDays(asked.from, daysInOneFile))
    return {
      refused: "invalid",
      sentence: `A file holds ${daysInOneFile} days at most. Choose fewer days.`,
    };
  const table = await builders[kind](deps, by.staff, asked);
  if (isRefusal(table)) return table;
  const commandId = `export/${deps.ids.next()}`;
  for (const siteId of by.staff.siteIds) {
    const rows = table.rows.filter((row) => row.siteId === siteId).length;
    const noted = await changeSite(deps, {
      siteId,
      commandId,
      actor: by.actor,
      decide: () => ({
        fields: {},
        action: "table-exported",
        facts: { table: kind, rows, ...(isByDay ? { from: asked.from, to: asked.to } : {}) },
      }),
      also: () => [],
    });
    if (isRefusal(noted)) return noted;
  }
  return {
    fileName:
      `${label.toLowerCase()}${isByDay ? ` ${asked.from} to ${asked.to}` : ""}.csv`.replaceAll(
        " ",
        "-",
      ),
    rowCount: table.rows.length,
    csv: writeCsv(
      table.headings,
      table.rows.map(({ cells }) => cells),
    ),
  };
}
