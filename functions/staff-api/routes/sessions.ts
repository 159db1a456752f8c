import { Hono } from "hono/tiny";
import * as z from "zod";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import { attendanceBodySchema } from "../../../shared/contracts/api-bodies.ts";
import {
  groupSessionRow,
  listGroupSessions,
  listRosterOf,
} from "../../../shared/staff/sessions/group-sessions.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { recordRow } from "../../../workflows/run/record-attendance-row.ts";
import type { ApiVariables } from "../authenticate.ts";
import { type InputProblem, problem } from "../problem.ts";
import { readBody } from "../read-body.ts";

const notHere = "There is no such session here.";
const longestSpanDays = 92;
const dateSchema = z.iso.date();

/** The site's group sessions by day, who is expected, and attendance. */
export function sessionRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/sessions", async (context) => {
    const staff = context.get("staff");
    const from = context.req.query("from") ?? (await today(deps, staff));
    const to = context.req.query("to") ?? from;
    const errors = spanProblems(from, to);
    if (errors.length > 0)
      return problem(context, 400, "Give from and to as dates, such as 2027-01-15.", { errors });
    return context.json({ items: await listGroupSessions(deps.store, staff, from, to) });
  });

  app.get("/sessions/:sessionId/roster", async (context) => {
    const staff = context.get("staff");
    const session = await groupSessionRow(deps.store, staff, context.req.param("sessionId"));
    if (session === undefined) return problem(context, 404, notHere);
    const items = await listRosterOf(deps.store, staff, session.sessionId);
    return context.json({ session, items });
  });

  app.put("/sessions/:sessionId/attendance", async (context) => {
    const read = await readBody(context, attendanceBodySchema);
    if (read instanceof Response) return read;
    const groupSessionId = context.req.param("sessionId");
    const session = await groupSessionRow(deps.store, context.get("staff"), groupSessionId);
    if (session === undefined) return problem(context, 404, notHere);
    const results = [];
    for (const row of read.body)
      results.push(await recordRow(deps, row, groupSessionId, context.get("actor")));
    const isAllRefused = results.every((result) => result.result === "refused");
    const [first] = results;
    if (isAllRefused && first?.result === "refused")
      return problem(context, 409, first.sentence, { results });
    return context.json({ results });
  });
  return app;
}

async function today(deps: CareDeps, staff: StaffMember): Promise<string> {
  const site = await loadSite(deps, staff.siteIds[0] ?? "");
  return localDate(deps.clock.now(), site.timeZone);
}

function spanProblems(from: string, to: string): readonly InputProblem[] {
  const errors = Object.entries({ from, to })
    .filter(([, value]) => !dateSchema.safeParse(value).success)
    .map(([path]) => ({ path, problem: "must be a date, such as 2027-01-15" }));
  if (errors.length > 0) return errors;
  if (to < from) return [{ path: "to", problem: "must not be before from" }];
  if (to > addDays(from, longestSpanDays))
    return [{ path: "to", problem: `must be within ${longestSpanDays} days of from` }];
  return [];
}
