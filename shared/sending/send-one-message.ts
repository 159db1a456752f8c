import type { GateRule, Message } from "../care/episode/message.ts";
import { addMinutes } from "../care/time/instants.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { type DropReason, rowOf } from "../messages/gate-input.ts";
import { remedyFor } from "../messages/plan-other-channel.ts";
import { decideSend } from "../messages/send-gate.ts";
import { transactWithRetry } from "../store/commit-change.ts";
import { loadMessage, messagePut } from "../store/message-items.ts";
import { claimMessage } from "./claim-message.ts";
import { composeMessage, loadSendContext, type SendContext, sendActor } from "./compose-message.ts";
import { type DeliverResult, deliverClaimed, type SendDeps } from "./deliver-claimed.ts";
import { settleStored } from "./settle-stored.ts";

/** What became of one message in one pass. */
export type SendResult = DeliverResult | "held" | "suppressed" | "settled-before";

const gateRetries = 5;
const stuckMinutes = 1;

/**
 * Takes one planned message as far as it goes now: gate, claim, one call of the provider, record. All
 * of it is read fresh; when something moved between gate and claim it starts over. Afterwards the
 * message is not due and planned any more: whoever waits for it makes progress.
 */
export async function sendOneMessage(
  deps: SendDeps,
  episodeId: string,
  messageSk: string,
): Promise<SendResult> {
  for (let attempt = 0; attempt < gateRetries; attempt += 1) {
    const context = await loadSendContext(deps, episodeId, messageSk);
    if (context === undefined || context.message.status !== "PLANNED") return "settled-before";
    const result = await tryOnce(deps, context);
    if (result !== "moved") return result;
    await deps.pause.milliseconds(20 * (attempt + 1));
  }
  return deferStuck(deps, episodeId, messageSk);
}

async function tryOnce(deps: SendDeps, context: SendContext): Promise<SendResult | "moved"> {
  const decision = decideSend(context.gate);
  if (decision.action === "hold") {
    const isHeld = await hold(deps, context, decision.until, decision.rules);
    return isHeld ? "held" : "moved";
  }
  if (decision.action === "drop") return suppress(deps, context, decision.reason, decision.rules);
  const composed = await composeMessage(deps, context);
  if (composed.outgoing === undefined) {
    deps.logger.error("A message has no words or no address", {
      episodeId: context.episode.episodeId,
      messageId: context.message.messageId,
      code: composed.problem,
    });
    return suppress(deps, context, composed.problem, decision.rules);
  }
  const claimed = await claimMessage(deps, context, decision.rules);
  if (claimed === undefined) return "moved";
  return deliverClaimed(deps, context.episode, claimed, composed.outgoing);
}

async function hold(
  deps: SendDeps,
  { episode, message }: SendContext,
  until: string,
  rules: readonly GateRule[],
): Promise<boolean> {
  const words = rules.find((rule) => rule.outcome === "holds")?.words;
  return save(deps, episode, message, {
    sendAt: until,
    lastGate: rules,
    ...(words === undefined ? {} : { reason: words }),
  });
}

/** A drop that nobody has to act on is the message's own matter; any other is a decision about the episode. */
async function suppress(
  deps: SendDeps,
  { episode, message, ctx }: SendContext,
  reason: DropReason | "no-address" | "no-template",
  rules: readonly GateRule[],
): Promise<SendResult | "moved"> {
  if (remedyFor(message, reason, rowOf({ program: ctx.program, message })) === "none") {
    const settledAt = deps.clock.now();
    const isSaved = await save(deps, episode, message, {
      status: "SUPPRESSED",
      reason,
      settledAt,
      lastGate: rules,
    });
    return isSaved ? "suppressed" : "moved";
  }
  await settleStored(deps, {
    episodeId: episode.episodeId,
    messageSk: message.sk,
    to: "SUPPRESSED",
    reason,
    rules,
    commandId: `send/${message.messageId}/suppressed`,
    actor: sendActor,
  });
  return "suppressed";
}

/** The last resort of a message that moved under every try: later, never in a tight circle. */
async function deferStuck(
  deps: SendDeps,
  episodeId: string,
  messageSk: string,
): Promise<SendResult> {
  for (let attempt = 0; attempt < gateRetries; attempt += 1) {
    const context = await loadSendContext(deps, episodeId, messageSk);
    if (context === undefined || context.message.status !== "PLANNED") return "settled-before";
    const sendAt = addMinutes(deps.clock.now(), stuckMinutes);
    const fields = { sendAt, reason: "others were changing the episode; it is tried again" };
    if (await save(deps, context.episode, context.message, fields)) return "held";
  }
  const message = await loadMessage(deps.store, episodeId, messageSk);
  deps.logger.error("A message could not be moved on", {
    episodeId,
    messageId: message?.messageId ?? "unknown",
  });
  return "held";
}

/** @returns false when the message was changed by somebody else meanwhile */
async function save(
  deps: SendDeps,
  owner: { readonly episodeId: string; readonly siteId: string },
  message: Message,
  fields: Partial<Message>,
): Promise<boolean> {
  try {
    await transactWithRetry(deps, [messagePut(owner, message, fields).operation]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}
