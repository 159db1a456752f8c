import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { openItems } from "../../shared/care/pathway/discharge-checklist.ts";
import { askForPlanAtTransfer } from "../../shared/care/plans/ask-for-plans.ts";
import { type Disposition, dispositions } from "../../shared/care/program/program.ts";
import { addStaffedMinutes, endOfNextStaffedDay } from "../../shared/care/program/staffed-time.ts";
import type { ActStep, ReviewStep } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";

/** The ending that a discharge is about. */
export function dispositionOf(episode: Episode, run: WorkflowRun): Disposition {
  const named = run.data.disposition;
  return dispositions.find((one) => one === named) ?? episode.disposition ?? "completed";
}

/** True while this discharge can still be planned or decided; a leave may interrupt it. */
export function isBeingPlanned(episode: Episode): boolean {
  return ["active", "onhold", "discharge-planning"].includes(episode.status);
}

/** When what a step up asks for is due that is asked now; `undefined` for every other ending. */
export function stepUpDue(disposition: Disposition, ctx: DecisionContext): string | undefined {
  const { stepUpWithinStaffedMinutes: minutes } = ctx.program.discharge;
  if (disposition !== "transfer-up" || minutes === undefined) return undefined;
  return addStaffedMinutes(ctx.site, ctx.now, minutes);
}

/** Opens one task for every item of the program's checklist that the disposition asks for. */
export const openChecklist: ActStep = (state, run, ctx) => {
  const { episode } = state;
  if (isTerminal(episode.status) || !isBeingPlanned(episode)) return { outcome: "stop" };
  const draft = new Draft(state, ctx);
  const disposition = dispositionOf(episode, run);
  if (episode.status === "active") draft.set({ status: "discharge-planning" });
  draft.set({ disposition });
  const ordinaryDue = addHours(ctx.now, ctx.program.discharge.remindAfterHours);
  const items = openItems(draft, ctx, disposition, {
    occurrence: run.subject,
    driverId: run.driverId,
    dueAt: (item) =>
      item === "supervisor-review"
        ? endOfNextStaffedDay(ctx.site, ctx.now)
        : (earliest([stepUpDue(disposition, ctx), ordinaryDue]) ?? ordinaryDue),
    ...(disposition === "transfer-up" ? { priority: "urgent" as const } : {}),
  });
  if (disposition === "transfer-up" || disposition === "transfer-down")
    askForPlanAtTransfer(draft, ctx);
  return {
    outcome: "opened",
    change: draft.finish("discharge-checklist-opened", { disposition, items }),
  };
};

function standingItems(state: OpenState, run: WorkflowRun): CareTask[] {
  return [...state.items.values()].filter(
    (item): item is CareTask =>
      item.kind === "task" &&
      item.status === "open" &&
      item.taskKind === "discharge-checklist" &&
      item.driverId === run.driverId,
  );
}

/** At its time, and then every so often; the deadline stays. A reminder waits while its task is put off. */
function remindAt(task: CareTask, { program }: DecisionContext): string {
  const { remindAfterHours } = program.discharge;
  const at =
    task.remindedAt === undefined ? task.dueAt : addHours(task.remindedAt, remindAfterHours);
  const { snoozedUntil } = task;
  return snoozedUntil !== undefined && snoozedUntil > at ? snoozedUntil : at;
}

/**
 * What the checklist of a discharge needs now: complete when nothing is open, remind when something stands
 * too long.
 */
export const reviewChecklist: ReviewStep = (state, run, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "stop" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const open = standingItems(state, run);
  if (open.length === 0) return { outcome: "complete" };
  const next = earliest(open.map((task) => remindAt(task, ctx))) ?? ctx.now;
  if (next <= ctx.now) return { outcome: "remind" };
  return { outcome: "wait", holdUntil: earliest([next, nextSendAt(state, run)]) ?? next };
};

/** Makes overdue items urgent and asks again after the program's hours. */
export const remindChecklist: ActStep = (state, run, ctx) => {
  const due = standingItems(state, run).filter((task) => remindAt(task, ctx) <= ctx.now);
  if (due.length === 0) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  for (const task of due) remind(draft, task);
  return {
    outcome: "done",
    change: draft.finish("discharge-checklist-reminded", { items: due.length }),
  };
};

function remind(draft: Draft, task: CareTask): void {
  const { snoozedUntil: _snoozedUntil, ...awake } = task;
  draft.replace(awake, {
    priority: task.priority === "safety" ? "safety" : "urgent",
    remindedAt: draft.now,
    evidence: { ...task.evidence, reminders: Number(task.evidence.reminders ?? 0) + 1 },
  });
}
