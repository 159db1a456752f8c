import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { ScoreEntry } from "../care/episode/episode.ts";
import type { ClinicianReview } from "../care/program/program.ts";
import { isAbout, openInPlaceOf } from "../care/tasks/end-task.ts";
import { ownValue } from "../care/text/own-value.ts";
import { changeWords, judgeChange, progressRulesOf } from "./score-change.ts";

/** The rules by which the program calls a clinician about a score: one for each instrument that is watched. */
function reviewRules({ program }: Pick<DecisionContext, "program">): readonly ClinicianReview[] {
  const { clinicianReview, otherReviews = [] } = progressRulesOf(program);
  return [clinicianReview, ...otherReviews];
}

/**
 * The scores of an episode that a clinician reviews by the program's rules: so high a total, or such a rise since the
 * one before. In their order.
 */
export function worrying(
  scores: readonly ScoreEntry[],
  ctx: Pick<DecisionContext, "program">,
): readonly ScoreEntry[] {
  const found = reviewRules(ctx).flatMap((rules) => {
    const watched = scores.filter((score) => score.instrumentId === rules.instrumentId);
    const totals = watched.map((score) => score.total);
    return watched.filter((_score, index) => isWorse(rules, totals, index));
  });
  return scores.filter((score) => found.includes(score));
}

/**
 * So high a total, or such a rise since the last one, as the program names for the instrument (PHQ-9 of 20, or 6 more):
 * a clinician reviews. The second time the review proposes a step up; the clinician decides.
 */
export function raiseForDeterioration(
  draft: Draft,
  ctx: DecisionContext,
  instrumentId: string,
  total: number,
  occasion: string,
): void {
  const rules = reviewRules(ctx).find((one) => one.instrumentId === instrumentId);
  if (rules === undefined) return;
  const title = ownValue(ctx.instruments, instrumentId)?.title ?? instrumentId;
  const earlier = draft.episode.scores.filter(
    (score) => score.instrumentId === instrumentId && score.occasion !== occasion,
  );
  const totals = [...earlier.map((score) => score.total), total];
  const rise = riseAt(totals, totals.length - 1);
  if (!isWorse(rules, totals, totals.length - 1)) return;
  const isSecondTime = earlier.some((_, index) => isWorse(rules, totals, index));
  const what =
    rise >= rules.riseAtLeast ? `${title} rose by ${rise} to ${total}.` : `${title} is ${total}.`;
  const review = {
    taskKind: "clinician-review",
    occurrence: `${instrumentId}-${occasion}`,
    words: isSecondTime
      ? `${what} It is not the first time: a step up in care is proposed. Decide with the person.`
      : `${what} Review the plan and the level of care.`,
    assignedFunction: "clinician",
    priority: "urgent",
    evidence: { total, rise },
    ...(isSecondTime ? { proposal: "step-up" } : {}),
  } as const;
  openInPlaceOf(draft, ctx, review, isAbout("clinician-review", `${instrumentId}-`));
}

function riseAt(totals: readonly number[], index: number): number {
  const total = totals[index] ?? 0;
  return index === 0 ? 0 : total - (totals[index - 1] ?? total);
}

function isWorse(rules: ClinicianReview, totals: readonly number[], index: number): boolean {
  return (totals[index] ?? 0) >= rules.totalAtLeast || riseAt(totals, index) >= rules.riseAtLeast;
}

/**
 * A score on any other instrument that is reliably worse than the baseline: the case manager reviews the progress.
 * Judged after the score is on file.
 */
export function raiseForReliableWorsening(
  draft: Draft,
  ctx: DecisionContext,
  instrumentId: string,
  occasion: string,
): void {
  const instrument = ownValue(ctx.instruments, instrumentId);
  const rules = progressRulesOf(ctx.program);
  const isWatched = reviewRules(ctx).some((one) => one.instrumentId === instrumentId);
  if (instrument === undefined || isWatched) return;
  const change = judgeChange(draft.episode, instrument, rules, ctx.site);
  if (change?.isDeterioration !== true || change.latest.occasion !== occasion) return;
  const review = {
    taskKind: "progress-review",
    occurrence: `${instrumentId}-${occasion}`,
    words: `${changeWords(change, instrument, rules).join(" ")} Review what has changed and what the plan needs.`,
    evidence: { total: change.latest.total, baseline: change.baseline.total },
  } as const;
  openInPlaceOf(draft, ctx, review, isAbout("progress-review", `${instrumentId}-`));
}
