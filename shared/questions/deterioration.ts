import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { isAbout, openInPlaceOf } from "../care/tasks/end-task.ts";

/** A total that a clinician looks at, and a rise that does too (a default that a clinician signs off). */
const severeAtLeast = 20;
const riseAtLeast = 6;
const watchedInstrument = "phq-9";

/**
 * PHQ-9 of 20 or more, or a rise of 6 or more since the last one: a clinician reviews. The second time the
 * review proposes a step up; the clinician decides.
 */
export function raiseForDeterioration(
  draft: Draft,
  ctx: DecisionContext,
  instrumentId: string,
  total: number,
  occasion: string,
): void {
  if (instrumentId !== watchedInstrument) return;
  const earlier = draft.episode.scores.filter(
    (score) => score.instrumentId === instrumentId && score.occasion !== occasion,
  );
  const totals = [...earlier.map((score) => score.total), total];
  const rise = riseAt(totals, totals.length - 1);
  if (!isWorse(totals, totals.length - 1)) return;
  const isSecondTime = earlier.some((_, index) => isWorse(totals, index));
  const what = rise >= riseAtLeast ? `PHQ-9 rose by ${rise} to ${total}.` : `PHQ-9 is ${total}.`;
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

function isWorse(totals: readonly number[], index: number): boolean {
  return (totals[index] ?? 0) >= severeAtLeast || riseAt(totals, index) >= riseAtLeast;
}
