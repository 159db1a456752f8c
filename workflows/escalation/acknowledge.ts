import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isStaffed } from "../../shared/care/program/staffed-time.ts";
import { findEscalation } from "../../shared/care/safety/find-escalation.ts";
import { isToBeRead } from "../../shared/care/safety/reading.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { answerReading } from "./answer-reading.ts";

/** True where this alert is this person's already: taking it again would say nothing new. */
export function hasTaken(state: OpenState, escalationSk: string, staffId: string): boolean {
  const alert = findEscalation(state, escalationSk);
  return alert?.status === "acknowledged" && alert.acknowledgements.at(-1)?.by === staffId;
}

/** Takes an alert: paging stops, the clock to contact with the participant runs on. */
export function acknowledgeEscalation(
  state: OpenState,
  input: { readonly escalationSk: string },
  ctx: DecisionContext,
): Change | Refusal {
  const alert = findEscalation(state, input.escalationSk);
  if (alert === undefined || ctx.actor.kind !== "staff")
    return { refused: "not-found", sentence: "There is no such alert here." };
  if (alert.status === "closed") return { refused: "not-now", sentence: "This alert is closed." };
  if (alert.status === "contacted")
    return { refused: "not-now", sentence: "Contact has been recorded already." };
  // Taking it outside staffed hours is to call now; what can wait for the morning is said so.
  if (isToBeRead(ctx.program, alert) && !isStaffed(ctx.site, ctx.now))
    return answerReading(state, { ...input, answer: "call-now" }, ctx);
  const draft = new Draft(state, ctx);
  const minutes = ctx.program.safety.pageTiers[alert.pageTier]?.acknowledgeWithinMinutes ?? 15;
  const timeToCall = addMinutes(ctx.now, minutes);
  draft.replace(alert, {
    status: "acknowledged",
    // Whoever takes an alert late still gets the time to make the call. Taking it once more gives no time:
    // the clock ends with contact, and no click keeps the next person from being paged.
    tierEndsAt:
      alert.status === "acknowledged" || alert.tierEndsAt > timeToCall
        ? alert.tierEndsAt
        : timeToCall,
    acknowledgements: [...alert.acknowledgements, { by: ctx.actor.staffId, at: ctx.now }],
  });
  for (const item of draft.items()) {
    if (
      item.kind === "task" &&
      item.taskKind === "safety-follow-up" &&
      item.about?.id === alert.escalationId &&
      item.status === "open"
    ) {
      draft.replace(item, {
        assignedTo: ctx.actor.staffId,
        // It is read: what is due now is the call.
        ...(alert.readBy === undefined ? {} : { dueAt: alert.contactDueAt }),
      });
    }
  }
  return draft.finish("escalation-acknowledged", {
    escalationId: alert.escalationId,
    tier: alert.tier,
  });
}
