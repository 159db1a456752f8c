import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { firstSessionFrom } from "../sessions/first-session.ts";
import { isAbout } from "../tasks/end-task.ts";

/** How the occurrence of a review begins that a nurse or prescriber makes before the first group. */
export const beforeFirstGroup = "before-first-group";

/**
 * Has what a nurse or prescriber reviews before the first group done before it begins: as soon as the day of that group
 * is known, a review that would be due later is due when it starts.
 */
export function reviewBeforeFirstGroup(draft: Draft, ctx: DecisionContext): void {
  const first = firstSessionFrom(ctx.program, ctx.site, ctx.now)?.scheduledStartAt;
  if (first === undefined) return;
  const isReview = isAbout("clinician-review", beforeFirstGroup);
  for (const item of draft.items())
    if (item.kind === "task" && item.status === "open" && isReview(item) && item.dueAt > first)
      draft.replace(item, { dueAt: first });
}
