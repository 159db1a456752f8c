import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { endTask, isAbout } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";

const event = "death";

/** Whoever supervises looks at what happened with the team: a death ends the care, and not what is learned from it. */
export function reviewDeath(draft: Draft, ctx: DecisionContext): void {
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `${event}-v${draft.episode.version}`,
    words:
      "Event review after a death: who has to be told and by when, what happened, what the team learns from it, and who looks after the staff. Nobody calls the person’s number.",
    assignedFunction: "supervisor",
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    priority: "urgent",
  });
}

/** There was no death to review. */
export function endReviewOfDeath(draft: Draft): void {
  const isReview = isAbout("clinician-review", event);
  for (const item of draft.items())
    if (item.kind === "task" && isReview(item)) endTask(draft, item, "superseded");
}
