import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { WeekHours } from "../episode/episode.ts";
import { firstWeekStartsOn } from "../program/first-week.ts";
import { addRun } from "../runs/workflow-runs.ts";
import { weekEndsAt } from "../sessions/plan-week.ts";
import { weekSubject } from "../sessions/week-of.ts";
import { addDays } from "../time/zoned-time.ts";

/**
 * Sees to it that a participant who is back in the program has a week under way: the one that still runs,
 * what is left of it, or else the next one.
 */
export function continueProgram(draft: Draft, ctx: DecisionContext): void {
  const { episode } = draft;
  const isUnderWay = draft
    .items()
    .some(
      (item) =>
        item.kind === "driver" && item.workflow === "weekly-program" && item.status !== "done",
    );
  if (isUnderWay) return;
  const last = episode.weeks.at(-1);
  if (last !== undefined && isAnythingLeft(draft, ctx, last)) {
    addRun(draft, {
      workflow: "weekly-program",
      subject: `${weekSubject(episode.episodeId, last.week)}-v${episode.version}`,
      data: { week: last.week, startsOn: last.startsOn },
      step: "review-week",
    });
    return;
  }
  const week = Math.max(episode.week ?? 0, last?.week ?? 0) + 1;
  const next = firstWeekStartsOn(ctx.program, ctx.site, ctx.now);
  const after = last === undefined ? next : addDays(last.startsOn, 7);
  addRun(draft, {
    workflow: "weekly-program",
    // A week that was planned before and never opened has left its own run behind.
    subject: `${weekSubject(episode.episodeId, week)}-v${episode.version}`,
    data: { week, startsOn: after > next ? after : next },
  });
}

/** True when the week is not over and holds sessions that are still to come, or to be marked. */
function isAnythingLeft(draft: Draft, ctx: DecisionContext, week: WeekHours): boolean {
  if (week.closedAt !== undefined || ctx.now >= weekEndsAt(week.startsOn, ctx.site)) return false;
  return draft
    .items()
    .some(
      (item) => item.kind === "session" && item.status === "planned" && item.week === week.week,
    );
}
