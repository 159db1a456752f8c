import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";

/** Days after which somebody looks again where no day of return is known (a default that a clinician signs off). */
const lookAgainAfterDays = 7;

/**
 * Has the case manager look for somebody on leave on the day of the return, or after a week where none is
 * known: nobody stays away unnoticed. Ends when the return is recorded, or with an ending of the program.
 * @param expectedReturnOn - local date at the site
 */
export function expectReturn(draft: Draft, ctx: DecisionContext, expectedReturnOn?: string): void {
  if (draft.episode.status !== "onhold") return;
  const today = localDate(ctx.now, ctx.site.timeZone);
  const day = expectedReturnOn ?? addDays(today, lookAgainAfterDays);
  openTask(draft, ctx, {
    taskKind: "leave-return",
    occurrence: `leave-${draft.state.episode.version}`,
    words:
      expectedReturnOn === undefined
        ? "On leave, and no day of return is known: call, find out how the person is and when they come, and record the return when they are back."
        : "Expected back from leave on this day: record the return, or call and find out how the person is and when they come.",
    // The end of that day where it is staffed, otherwise of the first staffed day after it.
    dueAt: endOfNextStaffedDay(ctx.site, instantAt(addDays(day, -1), "12:00", ctx.site.timeZone)),
    evidence: expectedReturnOn === undefined ? {} : { expectedReturnOn },
  });
}
