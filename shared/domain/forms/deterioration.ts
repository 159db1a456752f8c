import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { openTask } from "../tasks/open-task.ts";
import { addHours } from "../workflows/drivers.ts";

/** A total that a clinician looks at, and a rise that does too (operating rules, section 6). */
const severeAtLeast = 20;
const riseAtLeast = 6;
const watchedInstrument = "phq-9";

/** PHQ-9 of 20 or more, or a rise of 6 or more since the last one: a clinician reviews. */
export function raiseForDeterioration(
  draft: Draft,
  ctx: DecisionContext,
  instrumentId: string,
  total: number,
  occasion: string,
): void {
  if (instrumentId !== watchedInstrument) return;
  const last = draft.episode.scores.findLast(
    (score) => score.instrumentId === instrumentId && score.occasion !== occasion,
  );
  const rise = last === undefined ? 0 : total - last.total;
  if (total < severeAtLeast && rise < riseAtLeast) return;
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `${instrumentId}-${occasion}`,
    words:
      rise >= riseAtLeast
        ? `PHQ-9 rose by ${rise} to ${total}. Review the plan and the level of care.`
        : `PHQ-9 is ${total}. Review the plan and the level of care.`,
    assignedFunction: "clinician",
    dueAt: addHours(ctx.now, 24),
    priority: "urgent",
    evidence: { total, rise },
  });
}
