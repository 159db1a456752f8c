import { Hono } from "hono/tiny";
import type { Store } from "../../../shared/ports/store.ts";
import { tabs } from "../../../shared/staff/queue/load-tasks.ts";
import { listQueueWithCounts } from "../../../shared/staff/queue/queue-row.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";

/** The work of the member of staff's sites, tab by tab. */
export function queueRoutes(deps: { readonly store: Store; readonly clock: { now(): string } }) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/queue", async (context) => {
    const asked = context.req.query("tab") ?? "approvals";
    const tab = tabs.find((name) => name === asked);
    if (tab === undefined) {
      return problem(context, 400, "There is no such tab.", {
        errors: [{ path: "tab", problem: `must be one of ${tabs.join(", ")}` }],
      });
    }
    const { rows, counts } = await listQueueWithCounts(deps, context.get("staff"), tab);
    return context.json({ tab, counts, items: rows });
  });
  return app;
}
