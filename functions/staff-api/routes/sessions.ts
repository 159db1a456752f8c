import { Hono } from "hono";
import { attendanceBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { isRefusal } from "../../../shared/domain/change/change.ts";
import { recordAttendance } from "../../../shared/domain/sessions/record-attendance.ts";
import type { CareDeps } from "../../../shared/services/care-deps.ts";
import { decideAndCommit } from "../../../shared/services/decide-and-commit.ts";
import { readEpisodeItem } from "../../../shared/services/load-episode.ts";
import { displayName, readProfile } from "../../../shared/services/read-profile.ts";
import { keys } from "../../../shared/table/tables.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { findEpisode } from "./episodes.ts";

const groupPattern = /^[a-z0-9-]{1,40}:[a-z0-9-]{1,60}:\d{4}-\d{2}-\d{2}:[a-z0-9-]{1,40}$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const notHere = "There is no such session here.";

/** The site's group sessions by day, who is expected, and attendance. */
export function sessionRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/sessions", async (context) => {
    const staff = context.get("staff");
    const from = context.req.query("from") ?? deps.clock.now().slice(0, 10);
    const to = context.req.query("to") ?? from;
    if (!datePattern.test(from) || !datePattern.test(to)) {
      return problem(context, 400, "from and to take dates.", {
        errors: [{ path: "from", problem: "must be a date, such as 2027-01-15" }],
      });
    }
    const items = [];
    for (const siteId of staff.siteIds) {
      const page = await deps.store.query("care", keys.siteDay(siteId, "", "").pk, { limit: 500 });
      for (const item of page.items) {
        const date = item.sk.slice(0, 10);
        if (date < from || date > to) continue;
        const groupSessionId = String(item.groupSessionId);
        const seats = await deps.store.query("care", keys.groupSession(groupSessionId).pk, {
          skPrefix: "SEAT#",
          limit: 100,
        });
        items.push({
          sessionId: groupSessionId,
          on: date,
          slot: groupSessionId.split(":")[3],
          expected: seats.items.length,
          siteId,
        });
      }
    }
    return context.json({ items });
  });

  app.get("/sessions/:sessionId/roster", async (context) => {
    const groupSessionId = context.req.param("sessionId");
    const staff = context.get("staff");
    if (
      !groupPattern.test(groupSessionId) ||
      !staff.siteIds.includes(groupSessionId.split(":")[0] ?? "")
    )
      return problem(context, 404, notHere);
    const seats = await deps.store.query("care", keys.groupSession(groupSessionId).pk, {
      skPrefix: "SEAT#",
      limit: 100,
    });
    const items = [];
    for (const seat of seats.items) {
      const episode = await findEpisode(deps.store, staff, String(seat.episodeId));
      if (episode === undefined) continue;
      const profile = await readProfile(deps.store, episode.participantId);
      items.push({
        episodeId: episode.episodeId,
        participant: displayName(profile),
        attendance: seat.attendance ?? "not-yet",
      });
    }
    return context.json({ items });
  });

  app.put("/sessions/:sessionId/attendance", async (context) => {
    const read = await readBody(context, attendanceBodySchema);
    if (read instanceof Response) return read;
    const groupSessionId = context.req.param("sessionId");
    const staff = context.get("staff");
    if (
      !groupPattern.test(groupSessionId) ||
      !staff.siteIds.includes(groupSessionId.split(":")[0] ?? "")
    )
      return problem(context, 404, notHere);
    const results = [];
    for (const row of read.body) {
      results.push(await recordRow(row, groupSessionId, context.get("actor")));
    }
    const isAnyRefused = results.some((result) => result.result === "refused");
    return context.json({ results }, isAnyRefused && results.length === 1 ? 409 : 200);
  });

  type Row = ReturnType<typeof attendanceBodySchema.parse>[number];

  /** One person's row is one commit; another row's refusal does not undo it. */
  async function recordRow(row: Row, groupSessionId: string, actor: ApiVariables["actor"]) {
    const seatKey = keys.seat(groupSessionId, row.episodeId);
    const seat = await deps.store.get("care", seatKey.pk, seatKey.sk);
    if (seat === undefined)
      return {
        episodeId: row.episodeId,
        result: "refused" as const,
        sentence: "This person is not expected in that session.",
      };
    const sessionSk = String(seat.sessionSk);
    const { episodeId, ...input } = row;
    const outcome = await decideAndCommit(deps, {
      episodeId,
      // The same row again is the same command; a different one is a correction.
      commandId: `attendance/${deps.secrets.sha256(JSON.stringify([groupSessionId, row, actor]))}`,
      actor,
      alsoLoad: [sessionSk, `OUTREACH#${sessionIdOf(seat)}`],
      decide: (state, ctx) => {
        const session = state.items.get(sessionSk);
        if (session?.kind !== "session") return { refused: "not-found", sentence: notHere };
        const change = recordAttendance(state, session, input, ctx);
        return isRefusal(change) ? change : { change, answer: "recorded" };
      },
    });
    if (outcome.refusal !== undefined)
      return { episodeId, result: "refused" as const, sentence: outcome.refusal.sentence };
    const key = keys.episodeItem(episodeId, sessionSk);
    const stored = await deps.store.get("care", key.pk, key.sk);
    const session = stored === undefined ? undefined : readEpisodeItem(stored);
    return {
      episodeId,
      result: "recorded" as const,
      ...(session?.kind === "session" ? { attendance: session.attendance } : {}),
    };
  }
  return app;
}

function sessionIdOf(seat: { readonly [attribute: string]: unknown }): string {
  return String(seat.sessionId ?? "");
}
