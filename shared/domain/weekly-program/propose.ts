import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import { escalateApproval } from "../commands/escalate-approval.ts";
import { decisionAt } from "../commands/open-approval.ts";
import type { CareTask, Driver, OpenState } from "../episode/episode.ts";
import { openTask, taskSk } from "../tasks/open-task.ts";
import { addDays } from "../time/zoned-time.ts";
import { addDriver, addHours, earliest, hasDueMessage, nextSendAt } from "../workflows/drivers.ts";
import type { ActResult, ReviewResult } from "../workflows/step-result.ts";
import { weekOf, weekSubject } from "./week-of.ts";

/**
 * Proposes what comes after a closed week. An ordinary week goes on without asking. From the planned
 * last week on, discharge is proposed to a person; at the program's maximum nothing else is left.
 */
export function propose(state: OpenState, driver: Driver, ctx: DecisionContext): ActResult {
  const { status } = state.episode;
  if (status !== "active" && status !== "onhold") return { outcome: "stop" };
  const { week } = weekOf(driver);
  if (week < ctx.program.weeks.planned || approvalOf(state, week) !== undefined)
    return { outcome: "proposed" };
  const draft = new Draft(state, ctx);
  const last = state.episode.scores.findLast((score) => score.instrumentId === "phq-9");
  const first = state.episode.scores.find((score) => score.instrumentId === "phq-9");
  const isMaximum = week >= ctx.program.weeks.maximum;
  openTask(draft, ctx, {
    taskKind: "week-review-approval",
    occurrence: `w${week}`,
    words: isMaximum
      ? `Week ${week} was the last one the program allows. Plan the discharge?`
      : `Week ${week} of ${ctx.program.weeks.planned} planned weeks is over. Plan the discharge, or go on for another week?`,
    proposal: "Discharge",
    assignedFunction: ctx.program.approvals.weekReview.decidedBy[0] ?? "case-manager",
    dueAt: addHours(ctx.now, ctx.program.approvals.weekReview.dueHours),
    isApproval: true,
    driverId: driver.driverId,
    evidence: {
      week,
      ...(first === undefined ? {} : { firstPhq9: first.total }),
      ...(last === undefined ? {} : { lastPhq9: last.total }),
      attendedHours: Math.round(
        state.episode.weeks.reduce((sum, one) => sum + one.attendedMinutes, 0) / 60,
      ),
    },
  });
  return { outcome: "proposed", change: draft.finish("discharge-proposed", { week, isMaximum }) };
}

/** What the proposal needs: nothing for an ordinary week, a person's decision for a discharge. */
export function reviewProposal(
  state: OpenState,
  driver: Driver,
  ctx: DecisionContext,
): ReviewResult {
  const { status } = state.episode;
  const { week } = weekOf(driver);
  if (status === "onhold") return { outcome: "wait", holdUntil: addHours(ctx.now, 24) };
  if (status !== "active") return { outcome: "stop" };
  const task = approvalOf(state, week);
  if (task === undefined) return { outcome: "continue" };
  const decision = decisionAt(task, ctx.now);
  if (decision.state === "resting") return { outcome: "wait", holdUntil: decision.until };
  if (decision.state === "approved") return { outcome: "discharge" };
  if (decision.state === "rejected")
    return { outcome: week < ctx.program.weeks.maximum ? "continue" : "discharge" };
  if (hasDueMessage(state, driver, ctx.now)) return { outcome: "send" };
  if (task.dueAt <= ctx.now) return { outcome: "overdue" };
  return {
    outcome: "wait",
    holdUntil: earliest([task.dueAt, nextSendAt(state, driver)]) ?? task.dueAt,
  };
}

function approvalOf(state: OpenState, week: number): CareTask | undefined {
  const item = state.items.get(taskSk("week-review-approval", `w${week}`));
  return item?.kind === "task" && item.status !== "cancelled" ? item : undefined;
}

export function escalateWeekDecision(
  state: OpenState,
  driver: Driver,
  ctx: DecisionContext,
): ActResult {
  const task = approvalOf(state, weekOf(driver).week);
  if (task === undefined || task.dueAt > ctx.now) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  escalateApproval(draft, ctx, task, ctx.program.approvals.weekReview);
  return {
    outcome: "done",
    change: draft.finish("week-decision-escalated", { week: weekOf(driver).week }),
  };
}

/** The next program week begins where this one ended. */
export function startNextWeek(state: OpenState, driver: Driver, ctx: DecisionContext): ActResult {
  const { week, startsOn } = weekOf(driver);
  const draft = new Draft(state, ctx);
  settle(draft, state, week);
  addDriver(draft, {
    workflow: "weekly-program",
    subject: weekSubject(state.episode.episodeId, week + 1),
    data: { week: week + 1, startsOn: addDays(startsOn, 7) },
  });
  return { outcome: "done", change: draft.finish("next-week-started", { week: week + 1 }) };
}

/** Discharge planning begins, as a person decided. */
export function startDischarge(state: OpenState, driver: Driver, ctx: DecisionContext): ActResult {
  const { week } = weekOf(driver);
  const draft = new Draft(state, ctx);
  settle(draft, state, week);
  draft.set({
    status: "discharge-planning",
    disposition: draft.episode.disposition ?? "completed",
  });
  addDriver(draft, {
    workflow: "discharge",
    subject: `${state.episode.episodeId}-d${week}`,
    data: { week },
  });
  return { outcome: "done", change: draft.finish("discharge-planning-started", { week }) };
}

function settle(draft: Draft, state: OpenState, week: number): void {
  const task = approvalOf(state, week);
  if (task !== undefined && task.status === "open") draft.replace(task, { status: "done" });
}
