import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Actor } from "../care/episode/actor.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { keys } from "../keys/keys.ts";
import { planReply, replySk } from "../messages/plan-reply.ts";
import type { ReplyTemplateId } from "../messages/reply-templates.ts";
import { stopConfirmationTemplate } from "../messages/reply-templates.ts";
import type { WriteOperation } from "../ports/store.ts";
import { decideAndCommit } from "../store/decide-and-commit.ts";
import { composeMessage, loadSendContext } from "./compose-message.ts";
import { type DeliverResult, deliverClaimed, type SendDeps } from "./deliver-claimed.ts";
import { settleStored } from "./settle-stored.ts";

const actor: Actor = { kind: "system", part: "receive-sms" };

/**
 * Answers a text once, within the episode it belongs to: the answer is claimed in the commit that plans
 * it, then handed to the provider. A repeat of the same text finds the claim and sends nothing.
 */
export async function replyToText(
  deps: SendDeps,
  input: {
    readonly episodeId: string;
    readonly templateId: ReplyTemplateId;
    readonly occurrence: string;
    readonly contactPoint: ContactPoint;
    /** True where texts to a closed number were asked for from that very number: this one answer goes. */
    readonly isAskedForByItsHolder?: boolean;
    readonly commandId: string;
  },
): Promise<DeliverResult | "not-sent"> {
  const sk = replySk(input.templateId, input.occurrence);
  if (!(await claimReply(deps, input, sk))) return "not-sent";
  const context = await loadSendContext(deps, input.episodeId, sk);
  if (context?.message.status !== "CLAIMED") return "not-sent";
  const composed = await composeMessage(deps, context);
  if (composed.outgoing !== undefined) {
    return deliverClaimed(deps, context.episode, context.message, composed.outgoing);
  }
  await settleStored(deps, {
    episodeId: input.episodeId,
    messageSk: sk,
    to: "FAILED",
    reason: composed.problem,
    remedy: input.templateId === "crisis-reply" ? "staff-task" : "none",
    commandId: `${input.commandId}/not-composed`,
    actor,
  });
  return "failed";
}

/** @returns true when this call made the claim */
async function claimReply(
  deps: SendDeps,
  input: Parameters<typeof replyToText>[1],
  sk: string,
): Promise<boolean> {
  try {
    const decided = await decideAndCommit(deps, {
      episodeId: input.episodeId,
      commandId: input.commandId,
      actor,
      alsoLoad: [sk],
      decide: (state, ctx) => {
        const reply = planReply(state, ctx, input);
        if (reply === undefined) return { answer: "answered-before" };
        return { answer: reply.isClaimed ? "claimed" : "suppressed", change: reply.change };
      },
      also: (_state, _ctx, answer) => (answer === "claimed" ? [contactCheck(input)] : []),
    });
    return decided.answer === "claimed" && !decided.isRepeat;
  } catch (error) {
    // The number was closed while the answer was on its way to be claimed: nothing is sent to it.
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

function contactCheck({
  contactPoint,
  templateId,
  isAskedForByItsHolder,
}: Parameters<typeof replyToText>[1]): WriteOperation {
  const isAsItStands = templateId === stopConfirmationTemplate || isAskedForByItsHolder === true;
  return {
    check: {
      table: "care",
      ...keys.contactPoint(contactPoint.contactPointId),
      condition: {
        kind: "equals",
        attributes: { state: isAsItStands ? contactPoint.state : "open" },
      },
    },
  };
}
