import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import { retractDecision } from "../../../shared/care/approvals/retract-decision.ts";
import type { Change, Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { snoozeTask } from "../../../shared/care/pathway/snooze-task.ts";
import { assignTask } from "../../../shared/care/tasks/assign-task.ts";
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
import { findStaff } from "../../../shared/staff/staff-member.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { readEpisode } from "../../../shared/store/load-episode.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import type { SiteTaskChange } from "../../../shared/store/site-task.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { runCommand } from "../run-command.ts";
import {
  siteTaskAssignment,
  siteTaskOutcome,
  siteTaskSnooze,
  taskAnswer,
  workSiteTask,
} from "./site-tasks.ts";

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
    how: {
      readonly ofEpisode: (
        state: OpenState,
        task: CareTask,
        body: Body,
        ctx: DecisionContext,
      ) => Change | Refusal;
      readonly ofSite: (
        body: Body,
        staffId: string,
      ) => (task: CareTask, now: string) => SiteTaskChange | Refusal;
      readonly check?: (body: Body, found: Found<"task">) => Promise<Refusal | undefined>;
    },
  ): void {
    app.post(`/tasks/:taskId/${path}`, async (context: TaskContext) => {
      const read = await readBody(context, schema);
      if (read instanceof Response) return read;
      const found = await find(context);
      if (found === undefined) return problem(context, 404, notHere);
      const refusal = await how.check?.(read.body, found);
      if (refusal !== undefined) return problem(context, 400, refusal.sentence);
      const { episodeId, item } = found;
      if (episodeId === undefined) {
        const decide = how.ofSite(read.body, context.get("staff").staffId);
        return workSiteTask(context, deps, found, read.text, decide);
      }
      return runCommand(context, deps, {
        episodeId,
        bodyText: read.text,
        alsoLoad: [item.sk, ...aboutKeys(item.about)],
        decide: (state, ctx) => how.ofEpisode(state, item, read.body, ctx),
        answer: (state) => {
          const task = state.items.get(item.sk);
          return task?.kind === "task" ? taskAnswer(task) : {};
        },
      });
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

  command("decision", decisionBodySchema, {
    ofEpisode: (state, { sk }, body, ctx) => decideApproval(state, { taskSk: sk, ...body }, ctx),
    ofSite: () => noApproval,
  });
  command("decision/retract", retractBodySchema, {
    ofEpisode: (state, { sk }, _body, ctx) => retractDecision(state, { taskSk: sk }, ctx),
    ofSite: () => noApproval,
  });
  command("outcome", outcomeBodySchema, {
    ofEpisode: (state, { sk }, body, ctx) => completeTask(state, { taskSk: sk, ...body }, ctx),
    ofSite: siteTaskOutcome,
  });
  command("snooze", snoozeBodySchema, {
    ofEpisode: (state, { sk }, body, ctx) => snoozeTask(state, { taskSk: sk, ...body }, ctx),
    ofSite: siteTaskSnooze,
  });
  command("assign", assignBodySchema, {
    ofEpisode: (state, { sk }, { staffId, version }, ctx) =>
      assignTask(state, { taskSk: sk, staffId, version }, ctx),
    ofSite: siteTaskAssignment,
    check: async ({ staffId }, { siteId }) => {
      const colleague = await findStaff(deps.store, staffId);
      if (colleague?.siteIds.includes(siteId) === true) return undefined;
      return { refused: "invalid", sentence: "Hand the task to somebody who works at this site." };
    },
  });
  return app;
}

function noApproval(): Refusal {
  return {
    refused: "invalid",
    sentence: "This task is no approval. Record its outcome instead.",
  };
}

/** Closed items a task may be about, so that its outcome finds them. */
function aboutKeys(about: CareTask["about"]): readonly string[] {
  return about === undefined ? [] : [about.id].filter((id) => id.includes("#"));
}
