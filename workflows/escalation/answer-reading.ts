import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { ReadAnswer } from "../../shared/care/episode/escalation.ts";
import { isStaffed } from "../../shared/care/program/staffed-time.ts";
import { findEscalation } from "../../shared/care/safety/find-escalation.ts";
import { scheduleCall } from "../../shared/care/safety/move-alert.ts";
import { isToBeRead, nextMorning, readingRules } from "../../shared/care/safety/reading.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";

/**
 * Whoever has read an alert says whether the person is called now or in the morning. "Call now" is theirs to
 * make within the hour; "call in the morning" is owed at 09:00 where the site is, to whoever is there then.
 * Neither is contact: the alert stays open until somebody has spoken with the person, and goes to the next
 * one where nobody has by then.
 */
export function answerReading(
  state: OpenState,
  input: { readonly escalationSk: string; readonly answer: ReadAnswer },
  ctx: DecisionContext,
): Change | Refusal {
  const alert = findEscalation(state, input.escalationSk);
  if (alert === undefined || ctx.actor.kind !== "staff")
    return { refused: "not-found", sentence: "There is no such alert here." };
  if (alert.status === "closed") return { refused: "not-now", sentence: "This alert is closed." };
  if (alert.status === "contacted")
    return { refused: "not-now", sentence: "Contact has been recorded already." };
  if (!isToBeRead(ctx.program, alert)) {
    return {
      refused: "not-now",
      sentence:
        "This alert is about danger: it does not wait. Take it and speak with the person now.",
    };
  }
  const isLater = input.answer === "call-in-the-morning";
  if (isLater && isStaffed(ctx.site, ctx.now)) {
    return {
      refused: "not-now",
      sentence: "The site is staffed: the person is called today. Choose to call now.",
    };
  }
  const { staffId } = ctx.actor;
  const { callNowWithinMinutes } = readingRules(ctx.program);
  const callAt = isLater ? nextMorning(ctx, ctx.now) : ctx.now;
  // On a morning with nobody at the site it is the on-call who is paged to make the call, at once.
  const isOnCalls = isLater && !isStaffed(ctx.site, callAt);
  const calledBy = isOnCalls ? callAt : addMinutes(callAt, callNowWithinMinutes);
  const draft = new Draft(state, ctx);
  draft.replace(alert, {
    status: "acknowledged",
    contactDueAt: calledBy,
    tierEndsAt: calledBy,
    answers: [
      ...(alert.answers ?? []),
      { by: staffId, at: ctx.now, answer: input.answer, ...(isLater ? { callAt } : {}) },
    ],
    acknowledgements: [...alert.acknowledgements, { by: staffId, at: ctx.now }],
  });
  scheduleCall(draft, alert, {
    words: isLater
      ? `${alert.reason} Read: call in the morning, then record the contact.`
      : `${alert.reason} Read: call now, then record the contact.`,
    dueAt: isLater ? callAt : calledBy,
    lateAt: calledBy,
    lastAt: addMinutes(calledBy, callNowWithinMinutes),
    ...(isLater ? {} : { assignedTo: staffId }),
  });
  return draft.finish("escalation-read", {
    escalationId: alert.escalationId,
    tier: alert.tier,
    answer: input.answer,
    ...(isLater ? { callAt } : {}),
  });
}
