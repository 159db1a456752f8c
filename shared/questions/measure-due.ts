import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { endTask, openInPlaceOf } from "../care/tasks/end-task.ts";
import { ownValue } from "../care/text/own-value.ts";

/**
 * Measures that were asked for a week and not answered when it closed: somebody asks them in the room or on the phone.
 * One task at a time; the newest says what is missing now.
 */
export function askForUnanswered(
  draft: Draft,
  ctx: DecisionContext,
  week: number,
  instrumentIds: readonly string[],
): void {
  if (instrumentIds.length === 0) return;
  const titles = instrumentIds.map((id) => ownValue(ctx.instruments, id)?.title ?? id);
  openInPlaceOf(
    draft,
    ctx,
    {
      taskKind: "measure-due",
      occurrence: `w${week}`,
      words: `${titles.join(" and ")} asked in week ${week} and not answered. Ask in the room or on the phone, and enter the answers.`,
      about: { type: "measures", id: instrumentIds.join(" ") },
      evidence: { week },
    },
    () => true,
  );
}

/** A score has come: a task that asks for nothing else any more has ended. */
export function endMeasureDue(draft: Draft): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "measure-due" || item.status !== "open") continue;
    const isThere = (instrumentId: string) =>
      draft.episode.scores.some(
        (score) => score.instrumentId === instrumentId && score.scoredAt >= item.openedAt,
      );
    if (item.about?.id.split(" ").every(isThere) === true) endTask(draft, item, "has-come");
  }
}
