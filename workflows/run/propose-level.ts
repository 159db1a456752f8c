import {
  weekDecision,
  weekDecisionOccurrences,
} from "../../shared/care/approvals/week-decision.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { nextWeekOpensAt } from "../../shared/care/sessions/plan-week.ts";
import { weekOf } from "../../shared/care/sessions/week-of.ts";
import { openTask, taskSk } from "../../shared/care/tasks/open-task.ts";
import { weekQuestion } from "../../shared/questions/week-question.ts";

/** Another level of care, as the decision about a week names it. */
export type LevelChange = "step-up" | "step-down";

const proposalWords: Readonly<Record<LevelChange, string>> = {
  "step-up": "more care is proposed. Plan the step up?",
  "step-down": "less care is proposed. Plan the step down?",
};

/** The week of the program that runs now: what a review proposes is decided with it. */
export function runningWeek(items: Iterable<EpisodeItem>): WorkflowRun | undefined {
  for (const item of items) {
    if (item.kind !== "driver" || item.workflow !== "weekly-program") continue;
    // One whose execution is gone is revived, and goes on with its week.
    if (item.status === "running" || item.status === "lost") return item;
  }
  return undefined;
}

/** True where the team has answered about a week as often as it is asked. */
export function isDecidedForGood(
  find: (sk: string) => { readonly kind: string } | undefined,
  week: number,
): boolean {
  const known = weekDecision(find, week);
  const [again] = weekDecisionOccurrences(week);
  return known?.decision !== undefined && known.sk === taskSk("week-review-approval", again);
}

/**
 * Puts another level of care before the team, as a review of it came to: with the decision about the running week,
 * which then waits for an answer. One that is open already has the proposal beside what it rests on.
 */
export function proposeLevel(draft: Draft, ctx: DecisionContext, proposal: LevelChange): void {
  const run = runningWeek(draft.items());
  if (run === undefined) return;
  const { week, startsOn } = weekOf(run);
  const asked = weekQuestion(draft.state.episode, run, ctx, {
    proposal,
    words: `The level of care was reviewed in week ${week}: ${proposalWords[proposal]}`,
  });
  const known = weekDecision((sk) => draft.item(sk), week);
  if (known !== undefined && known.decision === undefined) {
    const { words, evidence } = asked;
    draft.replace(known, { words, proposal, evidence: { ...known.evidence, ...evidence } });
    return;
  }
  const [again, first] = weekDecisionOccurrences(week);
  const dueAt = nextWeekOpensAt(startsOn, ctx.site);
  openTask(draft, ctx, {
    ...asked,
    occurrence: known === undefined ? first : again,
    // Where the week is over already, the team has the hours that the program gives it.
    ...(dueAt > ctx.now ? { dueAt } : {}),
  });
}
