import type { DecisionContext } from "../change/context.ts";
import type { CareTask, Driver, OpenState, Session } from "../episode/episode.ts";
import { weekEndsAt } from "../sessions/plan-week.ts";
import { addHours, addMinutes, earliest, hasDueMessage, nextSendAt } from "../workflows/drivers.ts";
import type { ReviewResult } from "../workflows/step-result.ts";
import { weekOf } from "./week-of.ts";

/** Minutes into a session after which unmarked attendance is asked for (operating rules, section 2). */
const askForAttendanceAfterMinutes = 20;
/** A leave ends by a person's word, which wakes the week; until then it is looked at once a week. */
const leaveLookHours = 7 * 24;

/**
 * What the week needs now: due messages, unmarked attendance, its end; or a wait for the earliest of them.
 * A week that is under way goes on while a discharge is planned.
 */
export function reviewWeek(state: OpenState, driver: Driver, ctx: DecisionContext): ReviewResult {
  const { status } = state.episode;
  const { week, startsOn } = weekOf(driver);
  if (status !== "active" && status !== "discharge-planning" && status !== "onhold")
    return { outcome: "stop" };
  if (hasDueMessage(state, driver, ctx.now)) return { outcome: "send" };
  const sendAt = nextSendAt(state, driver);
  if (status === "onhold") {
    const lookAt = addHours(ctx.now, leaveLookHours);
    return { outcome: "wait", holdUntil: earliest([sendAt, lookAt]) ?? lookAt };
  }
  const asks = dueAsks(state, week);
  if (asks.some((ask) => ask.at <= ctx.now)) return { outcome: "attend" };
  const endsAt = weekEndsAt(startsOn, ctx.site);
  if (ctx.now >= endsAt) return { outcome: "over" };
  return {
    outcome: "wait",
    holdUntil: earliest([sendAt, endsAt, ...asks.map((ask) => ask.at)]) ?? endsAt,
  };
}

/** A question about attendance that becomes due: to the group leader first, then to the site lead. */
export type AttendanceAsk = { readonly at: string } & (
  | { readonly session: Session; readonly stage: "during" | "at-end"; readonly task?: undefined }
  | { readonly task: CareTask }
);

/** Who is still to be asked about which session of the week, and when. */
export function dueAsks(state: OpenState, week: number): AttendanceAsk[] {
  const found: AttendanceAsk[] = [];
  for (const item of state.items.values()) {
    if (item.kind === "session" && item.status === "planned" && item.week === week) {
      const stage = item.attendance === undefined ? "during" : "at-end";
      // What was asked stands on the session: a task that is done is out of sight.
      if (item.asked === stage || item.asked === "at-end") continue;
      const at =
        stage === "at-end"
          ? item.scheduledEndAt
          : addMinutes(item.scheduledStartAt, askForAttendanceAfterMinutes);
      found.push({ session: item, stage, at });
    } else if (
      item.kind === "task" &&
      item.taskKind === "mark-attendance" &&
      item.status === "open" &&
      item.assignedFunction === "group-leader"
    ) {
      found.push({ task: item, at: item.dueAt });
    }
  }
  return found;
}
