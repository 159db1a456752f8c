import type { SendOutcome } from "../../ports/message-sender.ts";
import { sdkFailure } from "./sdk-error.ts";

/** What an error of a provider's client means for the message it was to send. */
export function outcomeOfError(error: unknown, isOptedOut = false): SendOutcome {
  const { code, kind } = sdkFailure(error);
  switch (kind) {
    case "try-later":
      return { outcome: "throttled" };
    case "refused":
      return { outcome: "refused", code, isOptedOut };
    case "unknown":
      return { outcome: "ambiguous", code };
  }
}

/** An answer without the message's number is no proof that it was taken. */
export function outcomeOfAnswer(providerMessageId: string | undefined): SendOutcome {
  return providerMessageId === undefined || providerMessageId === ""
    ? { outcome: "ambiguous", code: "no-message-id" }
    : { outcome: "accepted", providerMessageId };
}
