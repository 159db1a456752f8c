import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { SendOutcome } from "../../ports/message-sender.ts";
import { sendOnce } from "../aws-sdk/client-options.ts";
import { isNamed } from "../aws-sdk/sdk-error.ts";
import { outcomeOfError } from "../aws-sdk/send-outcome.ts";

/** The client of the provider of texts and calls. */
export function createSmsClient(): PinpointSMSVoiceV2Client {
  return new PinpointSMSVoiceV2Client(sendOnce);
}

/** What an error means for a text or a call; a number on the opt-out list is told apart. */
export function outcomeOfSmsError(error: unknown): SendOutcome {
  const isOptedOut =
    isNamed(error, "ConflictException") &&
    error instanceof Error &&
    "Reason" in error &&
    error.Reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT";
  return outcomeOfError(error, isOptedOut);
}
