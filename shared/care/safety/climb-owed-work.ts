import type { Change } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { CareTask, OwedWork } from "../episode/care-task.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Escalation } from "../episode/escalation.ts";
import { nextOwedStep } from "../tasks/owed-work.ts";
import { escalationSk, raiseEscalation } from "./raise-escalation.ts";

/** Code of the rule that raises the alert about owed work that nobody did. */
export const owedWorkRule = "owed-work";

/** Sort key under which the alert about this owed work stands, where there is one. */
export function owedAlertSk(owed: OwedWork): string {
  return escalationSk(owed.occurrence, owedWorkRule);
}

/**
 * Work that is owed and was not done by its time goes to the next function, at the head of its list; the
 * deadline stays what it was. With the last step an alert pages the on-call, person after person, until
 * somebody has spoken with the participant.
 * @param sk - the task
 * @returns undefined where there is nothing to pass on now
 */
export function climbOwedTask(
  state: OpenState,
  ctx: DecisionContext,
  sk: string,
): Change | undefined {
  const task = state.items.get(sk);
  if (task?.kind !== "task" || task.owed === undefined) return undefined;
  const step = nextOwedStep(task);
  if (step === undefined || step.at > ctx.now) return undefined;
  const draft = new Draft(state, ctx);
  // Whoever had it until now did not do it; and nothing that is late stays put off.
  const { assignedTo: _whoever, snoozedUntil: _putOff, ...rest } = task;
  const steps = task.owed.steps.map((one) => (one === step ? { ...one, takenAt: ctx.now } : one));
  draft.replace(rest, {
    assignedFunction: step.to,
    // At the head of the list, and no ending of a pathway takes it off.
    priority: "safety",
    owed: { ...task.owed, steps },
  });
  if (steps.every((one) => one.takenAt !== undefined)) raiseOwedAlert(draft, ctx, task, task.owed);
  return draft.finish("owed-work-passed-on", {
    taskId: task.taskId,
    taskKind: task.taskKind,
    to: step.to,
    dueAt: task.dueAt,
  });
}

function raiseOwedAlert(
  draft: Draft,
  ctx: DecisionContext,
  task: CareTask,
  { tier, occurrence }: OwedWork,
): void {
  if (tier === "ROUTINE") return;
  raiseEscalation(draft, ctx, {
    occasion: occurrence,
    rule: owedWorkRule,
    tier,
    source: "overdue-work",
    about: task.taskId,
    reason: `Not done in time: ${task.words}`,
  });
}

/** The alert about this owed work, while it is open. */
export function openOwedAlert(draft: Draft, task: CareTask): Escalation | undefined {
  const item = task.owed === undefined ? undefined : draft.item(owedAlertSk(task.owed));
  return item?.kind === "escalation" && item.status !== "closed" ? item : undefined;
}
