import type * as z from "zod";
import type { RouteOf } from "../../../shared/contracts/routes/route.ts";
import {
  getTask,
  postAssignment,
  postDecision,
  postOutcome,
  postRetraction,
  postSnooze,
} from "../../../shared/contracts/routes/tasks.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { type Found, findById } from "../../../shared/staff/find-by-id.ts";
import { describeTask } from "../../../shared/staff/queue/describe-task.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { readEpisode } from "../../../shared/store/episode-forms.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import { taskCommands } from "../../../workflows/run/commands/task-commands.ts";
import { answerCall } from "../answer-call.ts";
import { serve } from "../serve-route.ts";

/** Notes told with a task; all of them are `GET /episodes/{id}/notes`. */
const latestNotes = 5;
const notHere = "There is no such task here.";

async function find(
  store: Store,
  staff: StaffMember,
  taskId: string,
): Promise<Found<"task"> | undefined> {
  const found = await findById(store, taskId, "task");
  return found !== undefined && staff.siteIds.includes(found.siteId) ? found : undefined;
}

function command<Body extends z.ZodType>(
  route: RouteOf<string, z.ZodObject, Body, z.ZodType>,
  carryOut: (
    deps: CareDeps,
    call: StaffCall,
    found: Found<"task">,
    body: z.output<Body>,
  ) => Promise<CallOutcome>,
) {
  return serve(route, async ({ context, staff, body, text }, deps) => {
    const found = await find(deps.store, staff, context.req.param("taskId") ?? "");
    if (found === undefined) return problem(context, 404, notHere);
    return answerCall(context, text, (call) => carryOut(deps, call, found, body));
  });
}

/** Works tasks: decide, take back, record what came of a call, put off, hand over. */
export const taskRoutes = [
  serve(getTask, async ({ context, staff, params }, deps) => {
    const found = await find(deps.store, staff, params.taskId);
    const described = found === undefined ? undefined : await describeTask(deps, found);
    if (described === undefined) return problem(context, 404, notHere);
    return { ...described, ...(await writtenAbout(deps.store, described.episodeId)) };
  }),
  command(postDecision, taskCommands.decision),
  command(postRetraction, taskCommands["decision/retract"]),
  command(postOutcome, taskCommands.outcome),
  command(postSnooze, taskCommands.snooze),
  command(postAssignment, taskCommands.assign),
];

/** What the referral says and what was written of late: whoever works a task knows it. */
async function writtenAbout(store: Store, episodeId: string | undefined) {
  const key = keys.episode(episodeId ?? "");
  const root = episodeId === undefined ? undefined : await store.get("care", key.pk, key.sk);
  if (root === undefined) return {};
  const episode = readEpisode(root);
  const [referral, { items: notes }] = await Promise.all([
    readReferral(store, episode.participantId, episode.episodeId),
    listNotes(store, episode.episodeId, { limit: latestNotes }),
  ]);
  return { notes, ...(referral === undefined ? {} : { referral }) };
}
