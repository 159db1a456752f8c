import { wayTaken } from "../../shared/care/approvals/approval-kinds.ts";
import { escalateApproval, escalatesAt } from "../../shared/care/approvals/escalate-approval.ts";
import { decisionAt } from "../../shared/care/approvals/open-approval.ts";
import {
  weekDecision,
  weekDecisionOccurrences,
} from "../../shared/care/approvals/week-decision.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import {
  dropPreparation,
  prepareDischarge,
} from "../../shared/care/pathway/discharge-checklist.ts";
import { startDischarge } from "../../shared/care/pathway/start-discharge.ts";
import { firstWeekStartsOn } from "../../shared/care/program/first-week.ts";
import type { Disposition, Program } from "../../shared/care/program/program.ts";
import type { ActResult, ReviewResult } from "../../shared/care/runs/step-result.ts";
import { addRun, hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { nextWeekOpensAt } from "../../shared/care/sessions/plan-week.ts";
import { weekOf, weekSubject } from "../../shared/care/sessions/week-of.ts";
import { openTask, taskSk } from "../../shared/care/tasks/open-task.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";
import { addDays } from "../../shared/care/time/zoned-time.ts";
import { worrying } from "../../shared/questions/deterioration.ts";
import { weekQuestion } from "../../shared/questions/week-question.ts";

/**
 * Puts the end of the program before a person while its last planned week runs, and again in each week that
 * was added: a week that is to follow is decided upon before it would begin. The checklist is worked off meanwhile; nothing
 * else changes before the week is over.
 */
export function askBeforeLastWeekEnds(draft: Draft, ctx: DecisionContext, run: WorkflowRun): void {
  const { week, startsOn } = weekOf(run);
  if (draft.episode.status !== "active" || week < ctx.program.weeks.planned) return;
  openTask(draft, ctx, {
    ...weekQuestion(draft.state.episode, run, ctx, {
      proposal: "discharge",
      words: lastWeekWords(week, ctx.program),
    }),
    occurrence: `w${week}`,
    // With the week: who has not answered by then has kept the next one from beginning.
    dueAt: nextWeekOpensAt(startsOn, ctx.site),
  });
  prepareDischarge(draft, ctx, { occurrence: run.subject, startsOn, driverId: run.driverId });
}

/**
 * Proposes what comes after a closed week. An ordinary week goes on without asking. From the planned
 * last week on, discharge is proposed to a person; at the program's maximum nothing else is left. What was
 * asked while the week ran has the whole week before it now; worse scores are a question of their own, also
 * after the other was answered.
 */
export function propose(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const { status } = state.episode;
  if (status !== "active" && status !== "onhold") return { outcome: "stop" };
  const { week } = weekOf(run);
  const proposal = proposalFor(state.episode, week, ctx);
  const known = approvalOf(state, week);
  const isAnswered = known?.decision !== undefined;
  if (
    proposal === undefined ||
    (isAnswered && (proposal !== "step-up" || known.proposal === proposal)) ||
    // What a review of the level of care proposes is no less asked for because the weeks are over.
    (proposal === "discharge" && isLevelChange(known))
  )
    return { outcome: "proposed" };
  const draft = new Draft(state, ctx);
  const words =
    proposal === "step-up"
      ? stepUpWords(state.episode, week, ctx)
      : dischargeWords(week, ctx.program);
  const asked = weekQuestion(state.episode, run, ctx, { proposal, words });
  if (known === undefined || isAnswered) {
    const [again, first] = weekDecisionOccurrences(week);
    openTask(draft, ctx, { ...asked, occurrence: isAnswered ? again : first });
  } else {
    const { words, evidence } = asked;
    if (known.words === words) return { outcome: "proposed" };
    draft.replace(known, { words, proposal, evidence: { ...known.evidence, ...evidence } });
  }
  return { outcome: "proposed", change: draft.finish(`${proposal}-proposed`, { week }) };
}

/** More care after the second severe or risen score; discharge from the planned last week on. */
function proposalFor(
  episode: Episode,
  week: number,
  ctx: Pick<DecisionContext, "program">,
): "step-up" | "discharge" | undefined {
  if (repeatedIn(episode, week, ctx).length > 0) return "step-up";
  return week >= ctx.program.weeks.planned ? "discharge" : undefined;
}

/** The scores of the week that are worrying for the second time: only what is new is put before a person again. */
function repeatedIn(episode: Episode, week: number, ctx: Pick<DecisionContext, "program">) {
  const worried = worrying(episode.scores, ctx);
  return worried.filter(
    ({ instrumentId, occasion }) =>
      occasion === `w${week}` &&
      worried.filter((other) => other.instrumentId === instrumentId).length >= 2,
  );
}

function stepUpWords(
  episode: Episode,
  week: number,
  ctx: Pick<DecisionContext, "program" | "instruments">,
): string {
  const again = repeatedIn(episode, week, ctx);
  const titles = again.map(({ instrumentId }) => ownValue(ctx.instruments, instrumentId)?.title);
  return `${titles.join(" and ")} was high or has risen for the second time in week ${week}. Plan the step up to more care?`;
}

function dischargeWords(week: number, program: Program): string {
  return week >= program.weeks.maximum
    ? `Week ${week} was the last one the program allows. Plan the discharge?`
    : `Week ${week} of ${program.weeks.planned} planned weeks is over. Plan the discharge, or go on for another week?`;
}

function lastWeekWords(week: number, { weeks }: Program): string {
  const question =
    week >= weeks.maximum
      ? "Plan the discharge?"
      : "Plan the discharge, or go on for another week?";
  const which =
    week >= weeks.maximum
      ? `Week ${week} is the last one the program allows.`
      : `This is week ${week} of ${weeks.planned} planned weeks.`;
  return `${which} ${question} Nothing changes before the week is over.`;
}

/** The ending that the decision plans; `undefined` where the program goes on. */
function plannedEnding(task: CareTask): Disposition | undefined {
  return task.decision === undefined ? undefined : wayTaken(task, task.decision)?.plans;
}

/** What the proposal needs: nothing for an ordinary week, a person's decision for a discharge. */
export function reviewProposal(
  state: OpenState,
  run: WorkflowRun,
  ctx: DecisionContext,
): ReviewResult {
  const { status } = state.episode;
  const { week } = weekOf(run);
  if (status === "onhold") {
    const passesOnAt = unheardDecisionAt(state, run);
    if (passesOnAt !== undefined && passesOnAt <= ctx.now) return { outcome: "overdue" };
    const lookAt = addHours(ctx.now, 24);
    return { outcome: "wait", holdUntil: earliest([passesOnAt, lookAt]) ?? lookAt };
  }
  if (status !== "active") return { outcome: "stop" };
  const task = approvalOf(state, week);
  if (task === undefined) return { outcome: "continue" };
  const decision = decisionAt(task, ctx.now);
  if (decision.state === "resting") return { outcome: "wait", holdUntil: decision.until };
  // Who says no to an ending says that the person stays: nobody is discharged by a number of weeks.
  if (decision.state === "rejected") return { outcome: "continue" };
  if (decision.state === "approved")
    return { outcome: plannedEnding(task) === undefined ? "continue" : "discharge" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const overdueAt = escalatesAt(task, ctx.program.approvals.weekReview);
  if (overdueAt <= ctx.now) return { outcome: "overdue" };
  return {
    outcome: "wait",
    holdUntil: earliest([overdueAt, nextSendAt(state, run)]) ?? overdueAt,
  };
}

/**
 * When the next person hears of a week's decision that nobody took before a leave: once, since nothing goes on before
 * the return.
 * @returns an instant in UTC, past ones too; `undefined` where somebody has decided or heard of it
 */
export function unheardDecisionAt(state: OpenState, run: WorkflowRun): string | undefined {
  const task = approvalOf(state, weekOf(run).week);
  const isUnheard =
    task?.status === "open" && task.decision === undefined && task.remindedAt === undefined;
  return isUnheard ? task.dueAt : undefined;
}

function approvalOf(state: OpenState, week: number): CareTask | undefined {
  return weekDecision((sk) => state.items.get(sk), week);
}

function isLevelChange(
  task: CareTask | undefined,
): task is CareTask & { readonly proposal: "step-up" | "step-down" } {
  return task?.proposal === "step-up" || task?.proposal === "step-down";
}

/** Hands a week's decision that nobody took to the next person, and says so. */
export function escalateWeekDecision(
  state: OpenState,
  run: WorkflowRun,
  ctx: DecisionContext,
): ActResult {
  const task = approvalOf(state, weekOf(run).week);
  const rules = ctx.program.approvals.weekReview;
  if (task === undefined || task.decision !== undefined || escalatesAt(task, rules) > ctx.now)
    return { outcome: "done" };
  const draft = new Draft(state, ctx);
  escalateApproval(draft, ctx, task, rules);
  return {
    outcome: "done",
    change: draft.finish("week-decision-escalated", { week: weekOf(run).week }),
  };
}

/** The next program week begins where this one ended; weeks of a leave are not made up for. */
export function startNextWeek(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const { week, startsOn } = weekOf(run);
  if (state.episode.status !== "active") return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const asked = approvalOf(state, week);
  settle(draft, state, week);
  dropPreparation(draft);
  const following = addDays(startsOn, 7);
  const next = firstWeekStartsOn(ctx.program, ctx.site, ctx.now);
  const nextRun = addRun(draft, {
    workflow: "weekly-program",
    subject: weekSubject(state.episode.episodeId, week + 1),
    data: { week: week + 1, startsOn: next > following ? next : following },
  });
  // Proposed in the moment in which the week ended: nobody has answered, so the next week is asked about it.
  if (isLevelChange(asked) && asked.status === "open" && asked.decision === undefined)
    openTask(draft, ctx, {
      ...weekQuestion(state.episode, nextRun, ctx, {
        proposal: asked.proposal,
        words: asked.words,
      }),
      occurrence: weekDecisionOccurrences(week + 1)[1],
    });
  return { outcome: "done", change: draft.finish("next-week-started", { week: week + 1 }) };
}

/** Discharge planning begins, as a person decided. */
export function startDischargeOfWeek(
  state: OpenState,
  run: WorkflowRun,
  ctx: DecisionContext,
): ActResult {
  const { week } = weekOf(run);
  if (state.episode.status !== "active") return { outcome: "done" };
  const task = approvalOf(state, week);
  const disposition = (task === undefined ? undefined : plannedEnding(task)) ?? "completed";
  const draft = new Draft(state, ctx);
  settle(draft, state, week);
  startDischarge(draft, { disposition });
  return {
    outcome: "done",
    change: draft.finish("discharge-planning-started", { week, disposition }),
  };
}

function settle(draft: Draft, state: OpenState, week: number): void {
  for (const occurrence of weekDecisionOccurrences(week)) {
    const task = state.items.get(taskSk("week-review-approval", occurrence));
    if (task?.kind === "task" && task.status === "open") draft.replace(task, { status: "done" });
  }
}
