import { Hono } from "hono";
import {
  assignBodySchema,
  decisionBodySchema,
  outcomeBodySchema,
  retractBodySchema,
  snoozeBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { assignTask } from "../../../shared/domain/commands/assign-task.ts";
import { completeTask } from "../../../shared/domain/commands/complete-task.ts";
import { decideApproval } from "../../../shared/domain/commands/decide-approval.ts";
import { retractDecision } from "../../../shared/domain/commands/retract-decision.ts";
import { snoozeTask } from "../../../shared/domain/commands/snooze-task.ts";
import type { OpenState } from "../../../shared/domain/episode/episode.ts";
import type { CareDeps } from "../../../shared/services/care-deps.ts";
import type { ApiVariables } from "../authenticate.ts";
import { findById } from "../find-by-id.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { runCommand } from "../run-command.ts";

const notHere = "There is no such task here.";

/** Works tasks: decide, take back, record what came of a call, put off, hand over. */
export function taskRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.post("/tasks/:taskId/decision", async (context) => {
    const read = await readBody(context, decisionBodySchema);
    if (read instanceof Response) return read;
    const found = await findById(deps.store, context.req.param("taskId"), "task");
    if (found === undefined) return problem(context, 404, notHere);
    const { choice, ...decision } = read.body;
    return runCommand(context, deps, {
      episodeId: found.episodeId,
      bodyText: read.text,
      alsoLoad: [found.item.sk],
      decide: (state, ctx) =>
        decideApproval(
          state,
          { taskSk: found.item.sk, ...decision, ...(choice === undefined ? {} : { choice }) },
          ctx,
        ),
      answer: (state) => taskAnswer(state, found.item.sk),
    });
  });

  app.post("/tasks/:taskId/decision/retract", async (context) => {
    const read = await readBody(context, retractBodySchema);
    if (read instanceof Response) return read;
    const found = await findById(deps.store, context.req.param("taskId"), "task");
    if (found === undefined) return problem(context, 404, notHere);
    return runCommand(context, deps, {
      episodeId: found.episodeId,
      bodyText: read.text,
      alsoLoad: [found.item.sk],
      decide: (state, ctx) => retractDecision(state, { taskSk: found.item.sk }, ctx),
      answer: (state) => taskAnswer(state, found.item.sk),
    });
  });

  app.post("/tasks/:taskId/outcome", async (context) => {
    const read = await readBody(context, outcomeBodySchema);
    if (read instanceof Response) return read;
    const found = await findById(deps.store, context.req.param("taskId"), "task");
    if (found === undefined) return problem(context, 404, notHere);
    const { outcome, note, safetyConcern, answers } = read.body;
    return runCommand(context, deps, {
      episodeId: found.episodeId,
      bodyText: read.text,
      alsoLoad: [found.item.sk, ...aboutKeys(found.item.about)],
      decide: (state, ctx) =>
        completeTask(
          state,
          {
            taskSk: found.item.sk,
            outcome,
            ...(note === undefined || note === "" ? {} : { note }),
            ...(safetyConcern === undefined ? {} : { safetyConcern }),
            ...(answers === undefined ? {} : { answers }),
          },
          ctx,
        ),
      answer: (state) => taskAnswer(state, found.item.sk),
    });
  });

  app.post("/tasks/:taskId/snooze", async (context) => {
    const read = await readBody(context, snoozeBodySchema);
    if (read instanceof Response) return read;
    const found = await findById(deps.store, context.req.param("taskId"), "task");
    if (found === undefined) return problem(context, 404, notHere);
    return runCommand(context, deps, {
      episodeId: found.episodeId,
      bodyText: read.text,
      alsoLoad: [found.item.sk],
      decide: (state, ctx) =>
        snoozeTask(state, { taskSk: found.item.sk, until: read.body.until }, ctx),
      answer: (state) => taskAnswer(state, found.item.sk),
    });
  });

  app.post("/tasks/:taskId/assign", async (context) => {
    const read = await readBody(context, assignBodySchema);
    if (read instanceof Response) return read;
    const found = await findById(deps.store, context.req.param("taskId"), "task");
    if (found === undefined) return problem(context, 404, notHere);
    return runCommand(context, deps, {
      episodeId: found.episodeId,
      bodyText: read.text,
      alsoLoad: [found.item.sk],
      decide: (state, ctx) =>
        assignTask(state, { taskSk: found.item.sk, staffId: read.body.staffId }, ctx),
      answer: (state) => taskAnswer(state, found.item.sk),
    });
  });
  return app;
}

/** Closed items a task may be about, so that its outcome finds them. */
function aboutKeys(
  about: { readonly type: string; readonly id: string } | undefined,
): readonly string[] {
  return about === undefined ? [] : [about.id].filter((id) => id.includes("#"));
}

function taskAnswer(state: OpenState, sk: string): Readonly<Record<string, unknown>> {
  const task = state.items.get(sk);
  if (task?.kind !== "task") return {};
  return {
    taskId: task.taskId,
    version: task.version,
    status: task.status,
    ...(task.decision === undefined
      ? {}
      : {
          decision: task.decision.decision,
          decidedBy: task.decision.decidedBy,
          effectiveAt: task.decision.effectiveAt,
        }),
    ...(task.outcome === undefined ? {} : { outcome: task.outcome.code }),
  };
}
