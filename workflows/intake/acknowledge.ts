import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { contactOrCall } from "../../shared/messages/contact-or-call.ts";
import { planInstants } from "../../shared/messages/plan-instants.ts";
import { usableChannels } from "../../shared/messages/plan-messages.ts";
import { intakeFormsToAsk } from "../../shared/questions/forms-request.ts";

/**
 * True where the only way to say it is a text, and the text that asks for the forms goes on the same day: a number
 * that nobody has answered from gets one text a day, and that one is of more use.
 */
function isSaidByTheForms({ episode }: OpenState, ctx: DecisionContext): boolean {
  if (intakeFormsToAsk(episode, ctx).length === 0) return false;
  const [said, asked] = (["intake-received", "forms-asked"] as const).map((anchor) => {
    const row = ctx.program.messages.find(
      (one) => one.anchor === anchor && one.onlyWhen === undefined,
    );
    const channels = row === undefined ? [] : usableChannels(episode, row);
    if (row === undefined || channels.some(({ channel }) => channel !== "sms")) return undefined;
    const { now } = ctx;
    const { timeZone, participantId } = episode;
    const { sendAt } = planInstants({ row, now, anchorAt: now, timeZone, participantId });
    return channels.length === 0 ? undefined : localDate(sendAt, timeZone);
  });
  return said !== undefined && said === asked;
}

/**
 * Says that the referral has arrived. Only a self-referral of an adult may be answered by message:
 * everybody else hears from a person first.
 */
export const acknowledge: ActStep = (state, run, ctx) => {
  const { episode } = state;
  if (isTerminal(episode.status)) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const isCall = episode.source !== "self" || episode.facts.under18;
  if (isCall) {
    openTask(draft, ctx, {
      taskKind: "first-contact-call",
      occurrence: "intake",
      words: episode.facts.under18
        ? "Under 18: intake is a call by staff, with the guardian where the law asks for it. Nothing is sent."
        : "Call the person who was referred. Ask what they agree to be sent; forms can be done on this call.",
      driverId: run.driverId,
      evidence: { source: episode.source, reachedAsAgreed: episode.reach.reachBy === true },
    });
  } else if (!isSaidByTheForms(state, ctx)) {
    contactOrCall(
      draft,
      ctx,
      {
        anchor: "intake-received",
        anchorAt: ctx.now,
        driverId: run.driverId,
        occurrence: "intake",
      },
      "Say that the request has arrived.",
    );
  }
  return { outcome: "done", change: draft.finish("intake-acknowledged", { byCall: isCall }) };
};
