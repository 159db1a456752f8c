import type { SendOutcome } from "../../ports/message-sender.ts";
import { AwsCallError } from "../aws-http/aws-call-error.ts";
import { isNamed } from "../aws-http/call-failure.ts";
import { createJsonClient, type JsonClient } from "../aws-http/json-client.ts";
import { outcomeOfAnswer, outcomeOfError } from "../aws-http/send-outcome.ts";

/** The client of the provider of texts and calls. Each call is made once: no text can be taken back. */
export function createSmsClient(): JsonClient {
  return createJsonClient({
    variable: "PINPOINT_SMS_VOICE_V2",
    host: "sms-voice",
    target: "PinpointSMSVoiceV2",
    attempts: 1,
  });
}

/** Makes one call that sends, and tells what became of it; never throws. */
export async function send(
  client: JsonClient,
  action: "SendTextMessage" | "SendVoiceMessage",
  input: Readonly<Record<string, unknown>>,
): Promise<SendOutcome> {
  try {
    const answer = await client.call(action, input);
    return outcomeOfAnswer(answer.MessageId);
  } catch (error) {
    const isOptedOut =
      error instanceof AwsCallError &&
      isNamed(error, "ConflictException") &&
      error.body.Reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT";
    return outcomeOfError(error, isOptedOut);
  }
}
