import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import type { InputProblem } from "../../../shared/contracts/read-input.ts";
import {
  getApart,
  getGroupWaits,
  getRoster,
  getSessions,
  getTimetable,
  postApart,
  postGroupWait,
  postMakeUp,
  postTimetableChange,
  postTimetableUndo,
  postVisit,
  postVisitChange,
  putAttendance,
} from "../../../shared/contracts/routes/sessions.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { listApart } from "../../../shared/staff/sessions/apart.ts";
import {
  groupSessionRow,
  listGroupSessions,
  listRosterOf,
} from "../../../shared/staff/sessions/group-sessions.ts";
import { listGroupWaits } from "../../../shared/staff/sessions/group-waits.ts";
import { listTimetable } from "../../../shared/staff/sessions/timetable.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { groupWaitOnce } from "../../../workflows/run/commands/group-wait-commands.ts";
import { makeUpOnce } from "../../../workflows/run/commands/make-up-commands.ts";
import { timetableCommands } from "../../../workflows/run/commands/timetable-commands.ts";
import { visitCommands } from "../../../workflows/run/commands/visit-commands.ts";
import { recordRow } from "../../../workflows/run/record-attendance-row.ts";
import { answerCall } from "../answer-call.ts";
import { serve } from "../serve-route.ts";

const notHere = "There is no such session here.";
const longestSpanDays = 92;

/** The site's group sessions by day, who is expected, and attendance. */
export const sessionRoutes = [
  serve(getSessions, async ({ context, staff, query }, deps) => {
    const from = query.from ?? (await today(deps, staff));
    const to = query.to ?? from;
    const errors = spanProblems(from, to);
    if (errors.length > 0)
      return problem(context, 400, "Give from and to as dates, such as 2027-01-15.", { errors });
    return { items: await listGroupSessions(deps.store, staff, from, to) };
  }),
  serve(getTimetable, async ({ context, staff, query }, deps) => {
    const from = query.from ?? (await today(deps, staff));
    const to = query.to ?? from;
    const errors = spanProblems(from, to);
    if (errors.length > 0)
      return problem(context, 400, "Give from and to as dates, such as 2027-01-15.", { errors });
    return { items: await listTimetable(deps.store, staff, from, to) };
  }),
  serve(postTimetableChange, ({ context, params, body, text }, deps) =>
    answerCall(context, text, (call) =>
      timetableCommands.change(deps, call, params.sessionId, body),
    ),
  ),
  serve(postTimetableUndo, ({ context, params, body, text }, deps) =>
    answerCall(context, text, (call) => timetableCommands.undo(deps, call, params.sessionId, body)),
  ),
  serve(postVisit, async ({ context, staff, params, body, text }, deps) => {
    const episode = await findEpisode(deps.store, staff, params.episodeId);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return answerCall(context, text, (call) =>
      visitCommands.book(deps, call, episode.episodeId, body),
    );
  }),
  serve(postMakeUp, async ({ context, staff, params, body, text }, deps) => {
    const episode = await findEpisode(deps.store, staff, params.episodeId);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return answerCall(context, text, (call) => makeUpOnce(deps, call, episode.episodeId, body));
  }),
  serve(getGroupWaits, async ({ staff }, deps) => ({
    items: await listGroupWaits(deps.store, staff.siteIds),
  })),
  serve(postGroupWait, async ({ context, staff, params, body, text }, deps) => {
    const episode = await findEpisode(deps.store, staff, params.episodeId);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return answerCall(context, text, (call) => groupWaitOnce(deps, call, episode.episodeId, body));
  }),
  serve(getApart, async ({ context, staff, params }, deps) => {
    const episode = await findEpisode(deps.store, staff, params.episodeId);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return { items: [...(await listApart(deps, staff, episode))] };
  }),
  serve(postApart, async ({ context, staff, params, body, text }, deps) => {
    const episode = await findEpisode(deps.store, staff, params.episodeId);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return answerCall(context, text, (call) =>
      episodeCommands.apart(deps, call, episode.episodeId, body),
    );
  }),
  serve(postVisitChange, async ({ context, staff, params, body, text }, deps) => {
    const found = await findOwn(deps.store, staff, params.sessionId, "session");
    if (found === undefined) return problem(context, 404, notHere);
    return answerCall(context, text, (call) => visitCommands.change(deps, call, found, body));
  }),
  serve(getRoster, async ({ context, staff, params }, deps) => {
    const session = await groupSessionRow(deps.store, staff, params.sessionId);
    if (session === undefined) return problem(context, 404, notHere);
    return { session, items: await listRosterOf(deps.store, staff, session.sessionId) };
  }),
  serve(putAttendance, async ({ context, staff, actor, params, body }, deps) => {
    const { sessionId } = params;
    const session = await groupSessionRow(deps.store, staff, sessionId);
    if (session === undefined) return problem(context, 404, notHere);
    const results = [];
    for (const row of body) results.push(await recordRow(deps, row, sessionId, actor));
    const isAllRefused = results.every((result) => result.result === "refused");
    const [first] = results;
    if (isAllRefused && first?.result === "refused")
      return problem(context, 409, first.sentence, { results });
    return { results };
  }),
];

async function today(deps: CareDeps, staff: StaffMember): Promise<string> {
  const site = await loadSite(deps, staff.siteIds[0] ?? "");
  return localDate(deps.clock.now(), site.timeZone);
}

function spanProblems(from: string, to: string): readonly InputProblem[] {
  if (to < from) return [{ path: "to", problem: "must not be before from" }];
  if (to > addDays(from, longestSpanDays))
    return [{ path: "to", problem: `must be within ${longestSpanDays} days of from` }];
  return [];
}
