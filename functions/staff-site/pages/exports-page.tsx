import { Hono } from "hono/tiny";
import * as z from "zod";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { episodeStatuses } from "../../../shared/care/episode/status.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { type OutgoingTableKind, outgoingTables } from "../../../shared/contracts/routes/tables.ts";
import { refusalStatus } from "../../../shared/web/http/refusal-status.ts";
import { exportTable } from "../../../workflows/run/commands/export-table.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { notHere, zoneOf } from "./page-parts.tsx";

const dateSchema = z.iso.date();
const kinds = Object.keys(outgoingTables) as readonly OutgoingTableKind[];

/** Takes people, the schedule or attendance out as a file; the link stands on the page of each. */
export function exportsPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff/exports/:table", async (context) => {
    const kind = kinds.find((one) => one === context.req.param("table"));
    if (kind === undefined) return notHere(context);
    const [staff, actor] = [context.get("staff"), context.get("actor")];
    const read = (name: string) => dateSchema.safeParse(context.req.query(name)).data;
    const from = read("from") ?? localDate(deps.clock.now(), await zoneOf(deps, context));
    const table = await exportTable(deps, { staff, actor }, kind, {
      from,
      to: read("to") ?? from,
      search: (context.req.query("search") ?? "").slice(0, 100),
      phase: episodeStatuses.find((one) => one === context.req.query("phase")),
    });
    if (!isRefusal(table))
      return context.body(table.csv, 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${table.fileName}"`,
      });
    if (table.refused === "not-allowed") return notHere(context);
    return staffPage(
      context,
      {
        title: "No file was made",
        who: staff.name,
        content: <p class="card">{table.sentence}</p>,
      },
      refusalStatus[table.refused],
    );
  });
  return app;
}
