import type { DecisionContext } from "../change/context.ts";
import type { Driver, OpenState, Session } from "../episode/episode.ts";
import { weekEndsAt } from "../sessions/plan-week.ts";
import { taskSk } from "../tasks/open-task.ts";
import { addHours, addMinutes, earliest, hasDueMessage, nextSendAt } from "../workflows/drivers.ts";
import type { ReviewResult } from "../workflows/step-result.ts";
import { weekOf } from "./week-of.ts";

/** Minutes into a session after which unmarked attendance is asked for (operating rules, section 2). */
export const askForAttendanceAfterMinutes = 20;

/** What the week needs now: due messages, unmarked attendance, its end; or a wait for the earliest of them. */
export function reviewWeek(state: OpenState, driver: Driver, ctx: DecisionContext): ReviewResult {
  const { status } = state.episode;
  const { week, startsOn } = weekOf(driver);
  if (status === "onhold") return { outcome: "wait", holdUntil: addHours(ctx.now, 24) };
  if (status !== "active") return { outcome: "stop" };
  if (hasDueMessage(state, driver, ctx.now)) return { outcome: "send" };
  const unasked = unaskedSessions(state, week);
  if (unasked.some((session) => askAt(session) <= ctx.now)) return { outcome: "attend" };
  const endsAt = weekEndsAt(startsOn, ctx.site);
  if (ctx.now >= endsAt) return { outcome: "over" };
  return {
    outcome: "wait",
    holdUntil: earliest([nextSendAt(state, driver), endsAt, ...unasked.map(askAt)]) ?? endsAt,
  };
}

export function askAt(session: Session): string {
  return addMinutes(session.scheduledStartAt, askForAttendanceAfterMinutes);
}

/** Sessions of the week without attendance for which nobody has been asked yet. */
export function unaskedSessions(state: OpenState, week: number): Session[] {
  const found: Session[] = [];
  for (const item of state.items.values()) {
    if (item.kind !== "session" || item.status !== "planned" || item.week !== week) continue;
    if (
      item.attendance === undefined &&
      !state.items.has(taskSk("mark-attendance", item.sessionId))
    )
      found.push(item);
  }
  return found;
}
