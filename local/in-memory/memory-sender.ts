import type {
  MessageSender,
  OutgoingMessage,
  SendOutcome,
} from "../../shared/ports/message-sender.ts";

/** Keeps what it was given to send and answers as planned, or that all is well. */
export class MemorySender implements MessageSender {
  readonly sent: OutgoingMessage[] = [];
  readonly #planned: SendOutcome[] = [];

  /** Plans the answers to the next messages. A refused or throttled one is not in `sent`. */
  answerNext(...outcomes: readonly SendOutcome[]): void {
    this.#planned.push(...outcomes);
  }

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    const planned = this.#planned.shift();
    if (planned?.outcome === "refused" || planned?.outcome === "throttled") return planned;
    this.sent.push(message);
    return planned ?? { outcome: "accepted", providerMessageId: `memory-${this.sent.length}` };
  }
}
