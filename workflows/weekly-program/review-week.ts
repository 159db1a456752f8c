import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { ReviewResult } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { nextWeekOpensAt } from "../../shared/care/sessions/plan-week.ts";
import { weekOf } from "../../shared/care/sessions/week-of.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";
import { unheardDecisionAt } from "./propose.ts";

/** A leave ends by a person's word, which wakes the week; until then it is looked at once a week. */
const leaveLookHours = 7 * 24;

/**
 * What the week needs now: due messages, its end; or a wait for the earliest of them. Attendance that
 * nobody marks is asked for by the sweep. A week that is under way goes on while a discharge is planned.
 */
export function reviewWeek(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ReviewResult {
  const { status } = state.episode;
  const { week, startsOn } = weekOf(run);
  if (status !== "active" && status !== "discharge-planning" && status !== "onhold")
    return { outcome: "stop" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const sendAt = nextSendAt(state, run);
  if (status === "onhold") {
    const passesOnAt = unheardDecisionAt(state, run);
    if (passesOnAt !== undefined && passesOnAt <= ctx.now) return { outcome: "overdue" };
    const lookAt = addHours(ctx.now, leaveLookHours);
    return { outcome: "wait", holdUntil: earliest([sendAt, passesOnAt, lookAt]) ?? lookAt };
  }
  const sessions = [...state.items.values()].flatMap((item) =>
    item.kind === "session" && item.week === week ? [item] : [],
  );
  const endsAt = nextWeekOpensAt(startsOn, ctx.site, sessions);
  if (ctx.now >= endsAt) return { outcome: "over" };
  return { outcome: "wait", holdUntil: earliest([sendAt, endsAt]) ?? endsAt };
}
