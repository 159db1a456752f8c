import { ConflictException, PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { SendOutcome } from "../../ports/message-sender.ts";
import { once } from "../aws-client/client-settings.ts";
import { outcomeOfAnswer, outcomeOfError } from "../aws-client/send-outcome.ts";

/** The client of the provider of texts and calls. Each call is made once: no text can be taken back. */
export function createSmsClient(): PinpointSMSVoiceV2Client {
  return new PinpointSMSVoiceV2Client(once);
}

/** Makes one call that sends, and tells what became of it; never throws. */
export async function sendOnce(
  call: () => Promise<{ readonly MessageId?: string | undefined }>,
): Promise<SendOutcome> {
  try {
    const answer = await call();
    return outcomeOfAnswer(answer.MessageId);
  } catch (error) {
    const isOptedOut =
      error instanceof ConflictException && error.Reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT";
    return outcomeOfError(error, isOptedOut);
  }
}
