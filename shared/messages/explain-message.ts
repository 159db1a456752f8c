import type { GateRule, Message } from "../care/episode/message.ts";
import type { GateInput } from "./gate-input.ts";
import { wordsForReason } from "./reason-words.ts";
import { decideSend } from "./send-gate.ts";

/** Why a message was, was not, or will be sent. */
export type MessageExplanation = {
  /** One sentence for staff. */
  readonly words: string;
  /** Every rule that was applied, in words. */
  readonly rules: readonly GateRule[];
  /** The next instant at which it may go, where it still may. */
  readonly nextInstant?: string;
};

/**
 * Explains any message. One that still waits is put to the gate as things stand; one that is settled
 * shows the rules applied when it was last decided about.
 */
export function explainMessage(
  message: Message,
  gateInput: Omit<GateInput, "message">,
): MessageExplanation {
  if (message.status === "PLANNED") return explainPlanned(message, gateInput);
  return { words: settledWords(message), rules: message.lastGate ?? [settledRule(message)] };
}

function explainPlanned(
  message: Message,
  gateInput: Omit<GateInput, "message">,
): MessageExplanation {
  const decision = decideSend({ ...gateInput, message });
  switch (decision.action) {
    case "send":
      return {
        words: "It may go now and is about to.",
        rules: decision.rules,
        nextInstant: gateInput.now,
      };
    case "hold":
      return {
        words: `It waits until ${decision.until}.`,
        rules: decision.rules,
        nextInstant: decision.until,
      };
    case "drop":
      return {
        words: `It will not be sent: ${wordsForReason(decision.reason)}.`,
        rules: decision.rules,
      };
  }
}

function settledWords(message: Message): string {
  switch (message.status) {
    case "CLAIMED":
      return "It is being sent at this moment.";
    case "ACCEPTED":
      return "It was sent; the provider has taken it and not yet said whether it arrived.";
    case "DELIVERED":
      return "It was sent and it arrived.";
    case "FAILED":
      return `It was tried and did not arrive: ${wordsForReason(message.reason)}.`;
    case "UNKNOWN":
      return "It may or may not have been sent; it is not sent again by itself, a person looks into it.";
    case "SUPPRESSED":
      return `It was not sent: ${wordsForReason(message.reason)}.`;
    case "CANCELLED":
      return `It was taken back before it was sent: ${wordsForReason(message.reason)}.`;
    case "PLANNED":
      return "It waits to be sent.";
  }
}

/** What stands in for the gate's list where a message was settled without it. */
function settledRule(message: Message): GateRule {
  const isSent =
    message.status === "ACCEPTED" || message.status === "DELIVERED" || message.status === "CLAIMED";
  return { rule: "settled", outcome: isSent ? "passed" : "drops", words: settledWords(message) };
}
