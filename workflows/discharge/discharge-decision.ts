import { notMetEvidence } from "../../shared/care/approvals/approval-kinds.ts";
import { escalateApproval, escalatesAt } from "../../shared/care/approvals/escalate-approval.ts";
import { decisionAt, openApproval } from "../../shared/care/approvals/open-approval.ts";
import type { AuditFact } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import {
  suicideScreenItem,
  suicideScreenWords,
} from "../../shared/care/pathway/discharge-screen.ts";
import type { ActStep, ReviewStep } from "../../shared/care/runs/step-result.ts";
import { lockingAlerts, safetyLock } from "../../shared/care/safety/safety-lock.ts";
import { findTask, openTask, taskSk } from "../../shared/care/tasks/open-task.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { dispositionOf, isBeingPlanned, stepUpDue } from "./checklist.ts";
import { notMetForCompletion } from "./completion.ts";

/** Puts the discharge before a person, with the scores, hours and open alerts of the day. */
export const askForDecision: ActStep = (state, run, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  ask(draft, ctx, run, run.subject);
  return {
    outcome: "done",
    change: draft.finish("discharge-proposed", {
      disposition: dispositionOf(state.episode, run),
    }),
  };
};

function ask(draft: Draft, ctx: DecisionContext, run: WorkflowRun, occurrence: string): void {
  const rules = ctx.program.approvals.discharge;
  const disposition = dispositionOf(draft.episode, run);
  const dueAt = stepUpDue(disposition, ctx);
  openTask(draft, ctx, {
    taskKind: "discharge-approval",
    occurrence,
    words: `Everything asked for is done. Decide about the discharge: ${disposition.replaceAll("-", " ")}.`,
    assignedFunction: rules.decidedBy[0] ?? rules.escalateTo,
    ...(dueAt === undefined ? {} : { dueAt, priority: "urgent" as const }),
    driverId: run.driverId,
    evidence: dischargeEvidence(draft.state, disposition, ctx),
    proposal: disposition,
  });
  const { requestedBy } = run.data;
  const task = findTask(draft, "discharge-approval", occurrence);
  const isNew = draft.state.items.get(taskSk("discharge-approval", occurrence)) === task;
  if (typeof requestedBy === "string" && task !== undefined && task.version === 1 && isNew) {
    draft.replace(task, { requestedBy });
  }
}

/** First and last scores, hours attended, weeks, alerts that are open, and what `completed` would need. */
function dischargeEvidence(
  state: OpenState,
  disposition: string,
  ctx: DecisionContext,
): Readonly<Record<string, AuditFact>> {
  const { scores, weeks } = state.episode;
  const evidence: Record<string, AuditFact> = { disposition };
  for (const instrumentId of new Set(scores.map((score) => score.instrumentId))) {
    const own = scores.filter((score) => score.instrumentId === instrumentId);
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined) continue;
    evidence[instrumentId] =
      own.length === 1
        ? `${last.total}, ${last.band}`
        : `${first.total} then ${last.total}, ${last.band}`;
  }
  const minutes = weeks.reduce((sum, week) => sum + week.attendedMinutes, 0);
  const expected = weeks.reduce((sum, week) => sum + week.expectedMinutes, 0);
  evidence.weeks = weeks.length;
  evidence.attendedHours = Math.round((minutes / 60) * 10) / 10;
  evidence.expectedHours = Math.round((expected / 60) * 10) / 10;
  const asksScreen = ctx.program.discharge.checklist.some(
    ({ item, requiredFor }) =>
      item === suicideScreenItem && requiredFor.some((one) => one === disposition),
  );
  if (asksScreen) evidence.suicideScreen = suicideScreenWords(state.episode, ctx.program, ctx.now);
  evidence.openAlerts = lockingAlerts(state).length;
  const missing =
    disposition === "completed" ? notMetForCompletion(state.episode, ctx.program, ctx.now) : [];
  if (missing.length > 0) evidence[notMetEvidence] = missing.join(" ");
  return evidence;
}

/** What the decision on a discharge needs now: it may be taken, overdue, or waited for. */
export const reviewDecision: ReviewStep = (state, run, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "stop" };
  const approval = openApproval(state, "discharge-approval", run.driverId);
  // Without a question on the table nobody would ever answer it: it is put again.
  if (approval === undefined) return { outcome: "overdue" };
  const decision = decisionAt(approval, ctx.now);
  if (decision.state === "resting") return { outcome: "wait", holdUntil: decision.until };
  if (decision.state === "rejected") return { outcome: "rejected" };
  if (decision.state === "approved") {
    // An alert raised in the meantime holds the discharge until a clinician has closed it.
    const lock = safetyLock(state, dispositionOf(state.episode, run));
    if (lock !== undefined) return { outcome: "wait", holdUntil: addHours(ctx.now, 1) };
    // From leave too: a discharge that a person approved takes effect.
    return { outcome: "approved" };
  }
  const overdueAt = escalatesAt(approval, ctx.program.approvals.discharge);
  if (overdueAt <= ctx.now) return { outcome: "overdue" };
  return { outcome: "wait", holdUntil: overdueAt };
};

/** Hands a decision on a discharge that nobody took to the next person, and says so. */
export const escalateDecision: ActStep = (state, run, ctx) => {
  if (!isBeingPlanned(state.episode)) return { outcome: "done" };
  const approval = openApproval(state, "discharge-approval", run.driverId);
  const rules = ctx.program.approvals.discharge;
  const isSettled =
    approval !== undefined &&
    (approval.decision !== undefined || escalatesAt(approval, rules) > ctx.now);
  if (isSettled) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  if (approval === undefined) ask(draft, ctx, run, `${run.subject}-again-${state.episode.version}`);
  else escalateApproval(draft, ctx, approval, rules);
  return {
    outcome: "done",
    change: draft.finish("discharge-decision-escalated", { to: rules.escalateTo }),
  };
};
