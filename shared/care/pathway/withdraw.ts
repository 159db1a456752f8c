import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { canMove, isInProgram, statusLabels } from "../episode/status.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { endRuns } from "../runs/workflow-runs.ts";
import { finishWithReason } from "../safety/finish-with-reason.ts";
import { letSessionsGo } from "../sessions/bring-back-sessions.ts";
import { openTask } from "../tasks/open-task.ts";
import { actingStaff, refuseEnded } from "../tasks/refuse.ts";
import { cancelSessions, cancelTasks, cancelTasksAfterDeath, endRequests } from "./end-plans.ts";

/**
 * Records that the person leaves the pathway. Takes effect at once and is never locked by safety: an open
 * alert stays open with its clock. Who leaves in the middle of the program left before completing; a
 * supervisor reviews that within one staffed day.
 */
export function withdraw(
  state: OpenState,
  body: { readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { status } = state.episode;
  const refusal = refuseEnded(state.episode);
  if (refusal !== undefined) return refusal;
  if (!canMove(status, "withdrawn")) {
    return {
      refused: "not-now",
      sentence: `Withdrawal is not possible now (${statusLabels[status].toLowerCase()}). Wait until aftercare has begun, or reverse the discharge.`,
      details: { status },
    };
  }
  const draft = new Draft(state, ctx);
  withdrawFromPathway(draft, ctx);
  return finishWithReason(draft, ctx, "participant-withdrew", { from: status }, body.reason);
}

/** Ends the pathway in the change at hand: nothing is sent, asked or planned any more. */
export function withdrawFromPathway(
  draft: Draft,
  ctx: DecisionContext,
  closingReason = "withdrew",
): void {
  const { status } = draft.episode;
  draft.cancelMessages(() => true, closingReason);
  endRequests(draft);
  cancelSessions(draft);
  if (closingReason === "deceased") cancelTasksAfterDeath(draft);
  else {
    cancelTasks(draft);
    letSessionsGo(draft);
  }
  endRuns(draft, (run) => run.workflow !== "escalation");
  draft.clear("hold", "waiting");
  draft.set({ status: "withdrawn", closedAt: ctx.now, closingReason });
  if (!isInProgram(status) || closingReason === "deceased") return;
  draft.set({ disposition: "left-before-completing" });
  openSupervisorReview(draft, ctx);
}

/** Somebody who left in the middle of the program is looked at by a supervisor within one staffed day. */
export function openSupervisorReview(draft: Draft, ctx: DecisionContext): void {
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `left-${draft.episode.version}`,
    words: "Left before completing. A supervisor reviews the outreach and the record.",
    assignedFunction: "supervisor",
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    priority: "urgent",
  });
}
