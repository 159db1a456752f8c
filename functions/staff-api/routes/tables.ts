import { isRefusal } from "../../../shared/care/change/change.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import {
  getAttendanceExport,
  getRosterExport,
  getScheduleExport,
  type OutgoingTableKind,
  postAttendanceImport,
  postRosterImport,
  postVisitsImport,
} from "../../../shared/contracts/routes/tables.ts";
import type { TableAsked } from "../../../shared/staff/tables/table.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import { refusalStatus } from "../../../shared/web/http/refusal-status.ts";
import { type ExportedTable, exportTable } from "../../../workflows/run/commands/export-table.ts";
import { attendanceFile } from "../../../workflows/run/imports/attendance-file.ts";
import {
  type ImportKind,
  type ImportOutcome,
  importTable,
} from "../../../workflows/run/imports/import-table.ts";
import { rosterFile } from "../../../workflows/run/imports/roster-file.ts";
import { visitsFile } from "../../../workflows/run/imports/visits-file.ts";
import { type ApiDeps, type Caller, serve } from "../serve-route.ts";

/** Lists that go out to spreadsheets. */
export const tableRoutes = [
  serve(getRosterExport, ({ query, ...caller }, deps) =>
    exported(deps, caller, "roster", { search: query.search ?? "", phase: query.phase }),
  ),
  serve(getScheduleExport, ({ query, ...caller }, deps) =>
    exported(deps, caller, "schedule", query),
  ),
  serve(getAttendanceExport, ({ query, ...caller }, deps) =>
    exported(deps, caller, "attendance", query),
  ),
  serve(postAttendanceImport, ({ body, ...caller }, deps) =>
    imported(deps, caller, attendanceFile, body),
  ),
  serve(postRosterImport, ({ body, ...caller }, deps) => imported(deps, caller, rosterFile, body)),
  serve(postVisitsImport, ({ body, ...caller }, deps) => imported(deps, caller, visitsFile, body)),
];

async function imported(
  deps: ApiDeps,
  { context, staff, actor }: Caller,
  kind: ImportKind,
  file: { readonly csv: string; readonly seen?: string },
): Promise<ImportOutcome | Response> {
  const outcome = await importTable(deps, { staff, actor }, kind, file);
  return isRefusal(outcome)
    ? problem(context, refusalStatus[outcome.refused], outcome.sentence)
    : outcome;
}

async function exported(
  deps: ApiDeps,
  { context, staff, actor }: Caller,
  kind: OutgoingTableKind,
  asked: { readonly [Name in keyof TableAsked]?: TableAsked[Name] | undefined },
): Promise<ExportedTable | Response> {
  const [siteId = ""] = staff.siteIds;
  const { timeZone } = await loadSite(deps, siteId);
  const { from = localDate(deps.clock.now(), timeZone) } = asked;
  const table = await exportTable(deps, { staff, actor }, kind, {
    from,
    to: asked.to ?? from,
    search: asked.search ?? "",
    phase: asked.phase,
  });
  return isRefusal(table) ? problem(context, refusalStatus[table.refused], table.sentence) : table;
}
