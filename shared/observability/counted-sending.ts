import type { Logger } from "../ports/logger.ts";
import type { MessageSender, SendOutcome } from "../ports/message-sender.ts";
import type { Metrics, SendChannel } from "../ports/metrics.ts";
import type { Pager } from "../ports/pager.ts";

/** Counts how each message's call of its provider ended; what the caller is told stays as it is. */
export function countedSender(sender: MessageSender, metrics: Metrics): MessageSender {
  return {
    send: (message) => counted(metrics, message.channel, () => sender.send(message)),
  };
}

/**
 * Counts how each page's call of its provider ended, and says why one was not taken: whoever pages only goes
 * on to the next phone.
 */
export function countedPager(pager: Pager, metrics: Metrics, logger: Logger): Pager {
  const followed = async (
    channel: SendChannel,
    pageKey: string,
    page: () => Promise<SendOutcome>,
  ) => {
    const outcome = await counted(metrics, channel, page);
    if (outcome.outcome !== "accepted")
      logger.warn("The provider did not take a page", {
        channel,
        pageKey,
        outcome: outcome.outcome,
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
      });
    return outcome;
  };
  return {
    text: (page) => followed("sms", page.key, () => pager.text(page)),
    call: (page) => followed("voice", page.key, () => pager.call(page)),
  };
}

async function counted(
  metrics: Metrics,
  channel: SendChannel,
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  try {
    const outcome = await send();
    metrics.sent(channel, outcome.outcome);
    return outcome;
  } catch (error) {
    // The caller takes it for the same: nobody knows whether it left.
    metrics.sent(channel, "ambiguous");
    throw error;
  }
}
