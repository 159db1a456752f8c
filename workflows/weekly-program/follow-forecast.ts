import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import { forecastMinutes, makeUpPlaces } from "../../shared/care/sessions/forecast.ts";
import { hoursLabel } from "../../shared/care/sessions/hours.ts";
import { nextWeekOpensAt } from "../../shared/care/sessions/plan-week.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { findTask, openTask } from "../../shared/care/tasks/open-task.ts";
import { addDays, instantAt, localTime } from "../../shared/care/time/zoned-time.ts";

const wednesday = 3;
const dueTime = "12:00";
/** Where Wednesday noon has passed: half a staffed day. */
const laterStaffedMinutes = 240;
const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/**
 * Looks ahead in a week that is under way: whether it still reaches the least hours if the person comes to all that is
 * left. Where a full week does not, the case manager hears of it by Wednesday noon, with the places that are left; it is
 * taken back when the hours are there after all, and asked again when they are short once more.
 */
export function followForecast(draft: Draft, ctx: DecisionContext, week: number): void {
  const hours = draft.episode.weeks.find((one) => one.week === week);
  const { minimumHours } = ctx.program.weeklyHours;
  if (hours === undefined || hours.closedAt !== undefined) return;
  const sessions = draft.items().filter((item): item is Session => item.kind === "session");
  const forecast = forecastMinutes(hours, sessions);
  const task = findTask(draft, "hours-forecast", `w${week}`);
  const isOpenTask = task?.status === "open";
  const isReached = !hours.isFullWeek || forecast >= minimumHours * 60;
  if (isReached) {
    if (task !== undefined && isOpenTask) endTask(draft, task, "has-come");
    return;
  }
  const endsAt = nextWeekOpensAt(hours.startsOn, ctx.site);
  if (ctx.now >= endsAt) return;
  const words = `If the person comes to all that is left, week ${week} has ${hoursLabel(forecast)} of at least ${minimumHours} h. ${placesWords(ctx, sessions, hours.startsOn)}`;
  const evidence = { forecastMinutes: forecast, minimumMinutes: minimumHours * 60, week };
  const noon = instantAt(addDays(hours.startsOn, wednesday - 1), dueTime, ctx.site.timeZone);
  const dueAt = noon > ctx.now ? noon : addStaffedMinutes(ctx.site, ctx.now, laterStaffedMinutes);
  // What somebody has worked off is agreed; what was taken back because the hours were there is asked again.
  if (isOpenTask && task.words !== words) draft.replace(task, { words, evidence });
  if (task?.status === "cancelled")
    draft.replace(task, { status: "open", openedAt: ctx.now, dueAt, words, evidence });
  openTask(draft, ctx, {
    taskKind: "hours-forecast",
    occurrence: `w${week}`,
    words,
    dueAt,
    evidence,
  });
}

function placesWords(ctx: DecisionContext, sessions: readonly Session[], startsOn: string): string {
  const places = makeUpPlaces(ctx, sessions, startsOn).map(
    ({ slot, standing }) =>
      `${slot.title}, ${dayNames[slot.dayOfWeek - 1]} ${localTime(standing.startAt, ctx.site.timeZone)}`,
  );
  return places.length === 0
    ? "No other group of this week has a place: book a visit that counts, or agree on next week."
    : `Make-up places this week: ${places.join("; ")}.`;
}
