import type { Message } from "../care/episode/message.ts";
import { addMinutes } from "../care/time/instants.ts";
import { spread } from "../care/time/zoned-time.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { StoreUnavailableError } from "../errors/store-unavailable-error.ts";
import { mayBecome } from "../messages/settle-message.ts";
import type { Logger } from "../ports/logger.ts";
import type { MessageSender, OutgoingMessage, SendOutcome } from "../ports/message-sender.ts";
import type { WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { transactWithRetry } from "../store/commit-change.ts";
import { commitContactPoint } from "../store/commit-contact-point.ts";
import { loadMessage, messagePut, sentWordsPut, withoutFields } from "../store/message-items.ts";
import { uncountOperations } from "./claim-message.ts";
import { type ComposeDeps, sendActor } from "./compose-message.ts";
import { settleStored } from "./settle-stored.ts";

export type SendDeps = CareDeps &
  ComposeDeps & { readonly sender: MessageSender; readonly logger: Logger };

/** What became of one message. */
export type DeliverResult = "accepted" | "failed" | "unknown" | "released";

type Owner = {
  readonly episodeId: string;
  readonly siteId: string;
  readonly participantId: string;
  readonly timeZone: string;
};

/** Tries of one message that a provider definitely refused. */
const maxAttempts = 3;
const retryMinutes = [10, 30] as const;
const recordRetries = 6;
const clientFailed = "client-failed";
const outcomeUnknown = "The provider's client failed; whether the message left is unknown";

/**
 * Calls the provider once for a claimed message and records what it said. A definite refusal releases
 * the claim, three times at most; a throttle is not counted; an ambiguous end is UNKNOWN and is never
 * sent again by itself.
 */
export async function deliverClaimed(
  deps: SendDeps,
  owner: Owner,
  claimed: Message,
  outgoing: OutgoingMessage,
): Promise<DeliverResult> {
  const outcome = await callOnce(deps, owner, outgoing);
  switch (outcome.outcome) {
    case "accepted":
      await record(
        deps,
        owner,
        claimed,
        (message) => ({
          ...(mayBecome(message, "ACCEPTED") ? { status: "ACCEPTED" as const } : {}),
          providerMessageId: outcome.providerMessageId,
          acceptedAt: deps.clock.now(),
        }),
        handedOver(deps, owner, outgoing),
      );
      return "accepted";
    case "ambiguous":
      if (outcome.code !== clientFailed)
        deps.logger.error(outcomeUnknown, {
          episodeId: owner.episodeId,
          messageId: claimed.messageId,
          code: outcome.code,
        });
      await record(
        deps,
        owner,
        claimed,
        (message) =>
          mayBecome(message, "UNKNOWN") ? { status: "UNKNOWN", reason: outcome.code } : undefined,
        handedOver(deps, owner, outgoing),
      );
      return "unknown";
    case "throttled": {
      deps.logger.info("The provider asked for a pause", {
        episodeId: owner.episodeId,
        messageId: claimed.messageId,
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
      });
      // Up to two minutes later, so that a herd does not come back as one.
      const seconds = 30 + spread(claimed.messageId + claimed.version, 90);
      const sendAt = new Date(Date.parse(deps.clock.now()) + seconds * 1000).toISOString();
      await release(deps, owner, claimed, {
        sendAt,
        attempts: claimed.attempts - 1,
        reason: "the provider asked for a pause",
      });
      return "released";
    }
    case "refused":
      return onRefusal(deps, owner, claimed, outcome);
  }
}

/** The words that may have reached the person: staff read them as they were. */
function handedOver(
  { publicOrigin, clock }: SendDeps,
  { episodeId }: Owner,
  outgoing: OutgoingMessage,
): WriteOperation {
  return sentWordsPut(episodeId, outgoing, { publicOrigin, at: clock.now() });
}

async function callOnce(
  deps: SendDeps,
  owner: Owner,
  outgoing: OutgoingMessage,
): Promise<SendOutcome> {
  try {
    return await deps.sender.send(outgoing);
  } catch (error) {
    deps.logger.error(outcomeUnknown, {
      episodeId: owner.episodeId,
      messageId: outgoing.messageId,
      error,
    });
    return { outcome: "ambiguous", code: clientFailed };
  }
}

async function onRefusal(
  deps: SendDeps,
  owner: Owner,
  claimed: Message,
  outcome: Extract<SendOutcome, { outcome: "refused" }>,
): Promise<DeliverResult> {
  deps.logger.warn("The provider refused a message", {
    episodeId: owner.episodeId,
    messageId: claimed.messageId,
    code: outcome.code,
  });
  if (!outcome.isOptedOut && claimed.attempts < maxAttempts) {
    const sendAt = addMinutes(deps.clock.now(), retryMinutes[claimed.attempts - 1] ?? 30);
    await release(deps, owner, claimed, {
      sendAt,
      reason: `refused by the provider (${outcome.code})`,
    });
    return "released";
  }
  if (outcome.isOptedOut) {
    // The provider knows of a stop that we do not: ours follows, for all who share the number.
    await commitContactPoint(deps, {
      contactPointId: claimed.contactPointId,
      channel: claimed.channel,
      command: { type: "stop", how: "provider-list" },
      commandId: `send/${claimed.messageId}/${claimed.attempts}`,
      actor: sendActor,
    });
  }
  const uncount = uncountOperations(owner, claimed);
  if (uncount.length > 0) await transactWithRetry(deps, uncount);
  await settleStored(deps, {
    episodeId: owner.episodeId,
    messageSk: claimed.sk,
    to: "FAILED",
    reason: outcome.isOptedOut ? "contact-closed" : `refused by the provider (${outcome.code})`,
    remedy: "other-channel",
    commandId: `send/${claimed.messageId}/${claimed.attempts}/refused`,
    actor: sendActor,
  });
  return "failed";
}

/** Gives a claim back: it was definitely not sent. Its place in what is counted is free again. */
async function release(
  deps: SendDeps,
  owner: Owner,
  claimed: Message,
  fields: Partial<Message>,
): Promise<void> {
  const { operation } = messagePut(owner, withoutFields(claimed, ["claimedAt", "counted"]), {
    ...fields,
    status: "PLANNED",
  });
  const put = "put" in operation ? operation.put : undefined;
  if (put === undefined) return;
  try {
    await transactWithRetry(deps, [operation, ...uncountOperations(owner, claimed)]);
  } catch (error) {
    // Somebody settled it meanwhile: the claim is not ours to give back any more.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

/** Records on the message as it stands: a delivery event may have been faster than we are. */
async function record(
  deps: Pick<SendDeps, "store" | "pause" | "clock" | "ids">,
  owner: Owner,
  claimed: Message,
  change: (message: Message) => Partial<Message> | undefined,
  words: WriteOperation,
): Promise<void> {
  let message: Message | undefined = claimed;
  for (let attempt = 0; attempt < recordRetries && message !== undefined; attempt += 1) {
    const fields = change(message);
    if (fields === undefined) return;
    try {
      await transactWithRetry(deps, [messagePut(owner, message, fields).operation, words]);
      return;
    } catch (error) {
      const isLast = attempt === recordRetries - 1;
      if (error instanceof StoreUnavailableError && !isLast) {
        // What the provider said must not be lost to a short outage: the alternative is a person's task.
        await deps.pause.milliseconds(100 * (attempt + 1));
        continue;
      }
      if (!(error instanceof ConditionFailedError)) throw error;
      message = await loadMessage(deps.store, owner.episodeId, claimed.sk);
    }
  }
}
