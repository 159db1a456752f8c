import type { SendOutcome } from "../../ports/message-sender.ts";
import { callFailure } from "./call-failure.ts";

/** What an error of a provider means for the message it was to send. */
export function outcomeOfError(error: unknown, isOptedOut = false): SendOutcome {
  const { code, kind } = callFailure(error);
  switch (kind) {
    case "try-later":
      return { outcome: "throttled", code };
    case "refused":
      return { outcome: "refused", code, isOptedOut };
    case "unknown":
      return { outcome: "ambiguous", code };
  }
}

/** An answer without the message's number is no proof that it was taken. */
export function outcomeOfAnswer(providerMessageId: unknown): SendOutcome {
  return typeof providerMessageId !== "string" || providerMessageId === ""
    ? { outcome: "ambiguous", code: "no-message-id" }
    : { outcome: "accepted", providerMessageId };
}
