import type { MessageSender, SendOutcome } from "../ports/message-sender.ts";
import type { Metrics, SendChannel } from "../ports/metrics.ts";
import type { Pager } from "../ports/pager.ts";

/** Counts how each message's call of its provider ended; what the caller is told stays as it is. */
export function countedSender(sender: MessageSender, metrics: Metrics): MessageSender {
  return {
    send: (message) => counted(metrics, message.channel, () => sender.send(message)),
  };
}

/** Counts how each page's call of its provider ended. */
export function countedPager(pager: Pager, metrics: Metrics): Pager {
  return {
    text: (page) => counted(metrics, "sms", () => pager.text(page)),
    call: (page) => counted(metrics, "voice", () => pager.call(page)),
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
