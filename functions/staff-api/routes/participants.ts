import { Hono } from "hono/tiny";
import { episodeStatuses } from "../../../shared/care/episode/status.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { listPeople } from "../../../shared/staff/people/list-people.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";

const pageSize = 50;

export function participantRoutes(deps: { readonly store: Store }) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/participants", async (context) => {
    const phase = context.req.query("phase");
    if (phase !== undefined && !episodeStatuses.some((status) => status === phase)) {
      return problem(context, 400, "There is no such phase.", {
        errors: [{ path: "phase", problem: `must be one of ${episodeStatuses.join(", ")}` }],
      });
    }
    const cursor = Number(context.req.query("cursor") ?? "0");
    if (!Number.isInteger(cursor) || cursor < 0)
      return problem(context, 400, "The cursor is not one of ours.", {
        errors: [{ path: "cursor", problem: "take it from the last answer" }],
      });
    const rows = await listPeople(
      deps.store,
      context.get("staff"),
      (context.req.query("search") ?? "").slice(0, 100),
      phase,
    );
    const next = cursor + pageSize;
    return context.json({
      items: rows.slice(cursor, next),
      ...(rows.length > next ? { next: String(next) } : {}),
    });
  });
  return app;
}
