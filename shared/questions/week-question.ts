import type { DecisionContext } from "../care/change/context.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { WorkflowRun } from "../care/episode/workflow-run.ts";
import { weekOf } from "../care/sessions/week-of.ts";
import { progressWords } from "./score-change.ts";

/** What may be proposed about a program week: an end, or another level of care. */
export type WeekProposal = "discharge" | "step-up" | "step-down";

/** The question what comes after a program week, with what it rests on: how the scores have moved, and the hours attended. */
export function weekQuestion(
  episode: Episode,
  run: WorkflowRun,
  ctx: DecisionContext,
  { proposal, words }: { readonly proposal: WeekProposal; readonly words: string },
) {
  const rules = ctx.program.approvals.weekReview;
  const progress = ctx.program.measures.flatMap(({ instrumentId }) => {
    const moved = progressWords(episode, instrumentId, ctx);
    return moved === undefined ? [] : [[instrumentId, moved] as const];
  });
  return {
    taskKind: "week-review-approval",
    words,
    proposal,
    assignedFunction: rules.decidedBy[0] ?? rules.escalateTo,
    driverId: run.driverId,
    evidence: {
      week: weekOf(run).week,
      ...Object.fromEntries(progress),
      attendedHours: Math.round(
        episode.weeks.reduce((sum, one) => sum + one.attendedMinutes, 0) / 60,
      ),
    },
  } as const;
}
