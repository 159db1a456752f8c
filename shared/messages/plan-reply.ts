import type { Change } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { Message } from "../care/episode/message.ts";
import { addHours } from "../care/time/instants.ts";
import { messageSk } from "./plan-messages.ts";
import type { ReplyTemplateId } from "./reply-templates.ts";
import { decideSend } from "./send-gate.ts";

const replyMakesSenseHours = 1;

/** The sort key of the one reply from a template on one occasion. */
export function replySk(templateId: ReplyTemplateId, occurrence: string): string {
  return messageSk(templateId, occurrence, "sms");
}

/**
 * Plans the answer to a text and claims it in the same change, so that whoever commits it calls the
 * provider once. An answer the gate drops is kept with its reason. `undefined` when this answer was
 * given already.
 * @param input.occurrence - with the template, the business key: an answer is given once for it
 */
export function planReply(
  state: OpenState,
  ctx: DecisionContext,
  input: {
    readonly templateId: ReplyTemplateId;
    readonly occurrence: string;
    readonly contactPoint: ContactPoint;
    /** True where texts to a closed number were asked for from that very number. */
    readonly isAskedForByItsHolder?: boolean;
  },
): { readonly change: Change; readonly isClaimed: boolean } | undefined {
  const sk = replySk(input.templateId, input.occurrence);
  if (state.items.has(sk)) return undefined;
  const draft = new Draft(state, ctx);
  const planned: Message = {
    kind: "message",
    sk,
    version: 1,
    messageId: ctx.newId(),
    step: input.templateId,
    occurrence: input.occurrence,
    templateId: input.templateId,
    class: input.templateId === "crisis-reply" ? "safety" : "reply",
    channel: "sms",
    contactPointId: input.contactPoint.contactPointId,
    status: "PLANNED",
    plannedAt: ctx.now,
    sendAt: ctx.now,
    expiresAt: addHours(ctx.now, replyMakesSenseHours),
    window: { from: "00:00", to: "23:59" },
    attempts: 0,
  };
  const decision = decideSend({
    now: ctx.now,
    message: planned,
    episode: draft.episode,
    contactPoint:
      input.isAskedForByItsHolder === true
        ? { ...input.contactPoint, state: "open" }
        : input.contactPoint,
    program: ctx.program,
    policy: ctx.policy,
    site: ctx.site,
    sent: { today: 0, thisWeek: 0, toNumber: 0, isSiteFull: false },
  });
  const isClaimed = decision.action === "send";
  draft.add({
    ...planned,
    lastGate: decision.rules,
    ...(isClaimed
      ? { status: "CLAIMED", claimedAt: ctx.now, attempts: 1 }
      : {
          status: "SUPPRESSED",
          settledAt: ctx.now,
          reason: decision.action === "drop" ? decision.reason : "held",
        }),
  });
  const action = isClaimed ? "reply-claimed" : "reply-suppressed";
  return {
    change: draft.finish(action, { messageId: planned.messageId, templateId: input.templateId }),
    isClaimed,
  };
}
