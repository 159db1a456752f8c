import type { CareTask } from "../episode/care-task.ts";
import { taskSk } from "../tasks/open-task.ts";

/**
 * The occurrences of the decision about a program week, the later one first: what was answered while the week ran may
 * be asked once more where something new has come up.
 */
export function weekDecisionOccurrences(week: number): readonly [again: string, first: string] {
  return [`w${week}-up`, `w${week}`];
}

/**
 * The decision about a week that counts: the last that was asked for and not taken off the list.
 * @param find - the item under a sort key, in a state or in a change
 */
export function weekDecision(
  find: (sk: string) => { readonly kind: string } | undefined,
  week: number,
): CareTask | undefined {
  for (const occurrence of weekDecisionOccurrences(week)) {
    const item = find(taskSk("week-review-approval", occurrence));
    if (isTask(item) && item.status !== "cancelled") return item;
  }
  return undefined;
}

function isTask(item: { readonly kind: string } | undefined): item is CareTask {
  return item?.kind === "task";
}
