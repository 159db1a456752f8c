import type { Context } from "hono";
import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import { snoozedUntil } from "../../../shared/care/pathway/snooze-task.ts";
import { refuseClosed, refuseStale } from "../../../shared/care/tasks/refuse.ts";
import { outcomesFor } from "../../../shared/care/tasks/task-outcomes.ts";
import type { Found } from "../../../shared/staff/find-by-id.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { rememberRequest } from "../../../shared/store/remembered-request.ts";
import { changeSiteTask, type SiteTaskChange } from "../../../shared/store/site-task.ts";
import type { ApiVariables } from "../authenticate.ts";
import { answerOnce, identifyRequest } from "../identify-request.ts";

/** What a caller is told about a task. */
export function taskAnswer(task: CareTask): Readonly<Record<string, unknown>> {
  return {
    taskId: task.taskId,
    version: task.version,
    status: task.status,
    ...(task.assignedTo === undefined ? {} : { assignedTo: task.assignedTo }),
    ...(task.snoozedUntil === undefined ? {} : { snoozedUntil: task.snoozedUntil }),
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

/** Works a task that belongs to a site and to no participant, once per `Idempotency-Key`. */
export async function workSiteTask(
  context: Context<{ Variables: ApiVariables }>,
  deps: CareDeps,
  found: Found<"task">,
  bodyText: string,
  decide: (task: CareTask, now: string) => SiteTaskChange | Refusal,
): Promise<Response> {
  const request = await identifyRequest(context, deps, bodyText);
  if (request instanceof Response) return request;
  const command: Parameters<typeof changeSiteTask>[1] = {
    siteId: found.siteId,
    sk: found.item.sk,
    commandId: `http/${request.scope}/${request.key}`,
    actor: context.get("actor"),
    decide,
    also: (task) => [
      rememberRequest(
        deps.secrets,
        request,
        { status: 200, body: JSON.stringify(taskAnswer(task)) },
        deps.clock.now(),
      ),
    ],
  };
  return answerOnce(context, deps, request, async () => {
    const outcome = await changeSiteTask(deps, command);
    return isRefusal(outcome) ? outcome : JSON.stringify(taskAnswer(outcome));
  });
}

type Versioned = { readonly version?: number | undefined };

/** Records what came of a site's task. */
export function siteTaskOutcome(
  body: Versioned & { readonly outcome: string; readonly note?: string | undefined },
  staffId: string,
): (task: CareTask, now: string) => SiteTaskChange | Refusal {
  return (task, now) => {
    const refusal = refuseClosed(task) ?? refuseStale(task, body.version);
    if (refusal !== undefined) return refusal;
    const known = outcomesFor(task).map((option) => option.value);
    if (!known.includes(body.outcome)) {
      return {
        refused: "invalid",
        sentence: `The outcome of this task is one of: ${known.join(", ")}.`,
      };
    }
    const note = body.note?.trim() ?? "";
    return {
      fields: {
        status: "done",
        outcome: { code: body.outcome, recordedBy: staffId, recordedAt: now },
      },
      action: "task-completed",
      facts: { taskId: task.taskId, taskKind: task.taskKind, outcome: body.outcome },
      ...(note === "" ? {} : { reason: note }),
    };
  };
}

/** Hands a site's task to somebody. */
export function siteTaskAssignment(
  body: Versioned & { readonly staffId: string },
): (task: CareTask) => SiteTaskChange | Refusal {
  return (task) =>
    refuseClosed(task) ??
    refuseStale(task, body.version) ?? {
      fields: { assignedTo: body.staffId },
      action: "task-assigned",
      facts: { taskId: task.taskId, assignedTo: body.staffId },
    };
}

/** Puts a site's task off; one that is about safety never. */
export function siteTaskSnooze(
  body: Versioned & { readonly until: string; readonly reason?: string | undefined },
): (task: CareTask, now: string) => SiteTaskChange | Refusal {
  return (task, now) => {
    const refusal = refuseClosed(task) ?? refuseStale(task, body.version);
    if (refusal !== undefined) return refusal;
    if (task.priority === "safety") {
      return {
        refused: "locked-by-safety",
        sentence: "A safety task without a participant cannot be put off. Call the number now.",
      };
    }
    const until = snoozedUntil(body.until, now);
    if (isRefusal(until)) return until;
    return {
      fields: { snoozedUntil: until.at },
      action: "task-snoozed",
      facts: { taskId: task.taskId, until: until.at },
      ...(body.reason === undefined ? {} : { reason: body.reason }),
    };
  };
}
