import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import {
  assignBodySchema,
  decisionBodySchema,
  outcomeBodySchema,
  retractBodySchema,
  snoozeBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { type Found, findById } from "../../../shared/staff/find-by-id.ts";
import { describeTask } from "../../../shared/staff/queue/describe-task.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { readEpisode } from "../../../shared/store/episode-forms.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import { taskCommands } from "../../../workflows/run/commands/task-commands.ts";
import { answerCall } from "../answer-call.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";

/** Notes told with a task; all of them are `GET /episodes/{id}/notes`. */
const latestNotes = 5;
const notHere = "There is no such task here.";
type TaskContext = Context<{ Variables: ApiVariables }>;

/** Works tasks: decide, take back, record what came of a call, put off, hand over. */
export function taskRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  async function find(context: TaskContext): Promise<Found<"task"> | undefined> {
    const found = await findById(deps.store, context.req.param("taskId") ?? "", "task");
    const isOwn = found !== undefined && context.get("staff").siteIds.includes(found.siteId);
    return isOwn ? found : undefined;
  }

  function command<Body>(
    path: string,
    schema: z.ZodType<Body>,
    carryOut: (
      deps: CareDeps,
      call: StaffCall,
      found: Found<"task">,
      body: Body,
    ) => Promise<CallOutcome>,
  ): void {
    app.post(`/tasks/:taskId/${path}`, async (context: TaskContext) => {
      const read = await readBody(context, schema);
      if (read instanceof Response) return read;
      const found = await find(context);
      if (found === undefined) return problem(context, 404, notHere);
      return answerCall(context, read.text, (call) => carryOut(deps, call, found, read.body));
    });
  }

  /** What the referral says and what was written of late: whoever works a task knows it. */
  async function writtenAbout(episodeId: string | undefined) {
    const key = keys.episode(episodeId ?? "");
    const root = episodeId === undefined ? undefined : await deps.store.get("care", key.pk, key.sk);
    if (root === undefined) return {};
    const episode = readEpisode(root);
    const [referral, { items: notes }] = await Promise.all([
      readReferral(deps.store, episode.participantId, episode.episodeId),
      listNotes(deps.store, episode.episodeId, { limit: latestNotes }),
    ]);
    return { notes, ...(referral === undefined ? {} : { referral }) };
  }

  app.get("/tasks/:taskId", async (context) => {
    const found = await find(context);
    const described = found === undefined ? undefined : await describeTask(deps, found);
    if (described === undefined) return problem(context, 404, notHere);
    return context.json({ ...described, ...(await writtenAbout(described.episodeId)) });
  });

  command("decision", decisionBodySchema, taskCommands.decision);
  command("decision/retract", retractBodySchema, taskCommands["decision/retract"]);
  command("outcome", outcomeBodySchema, taskCommands.outcome);
  command("snooze", snoozeBodySchema, taskCommands.snooze);
  command("assign", assignBodySchema, taskCommands.assign);
  return app;
}
