import {
  SendTextMessageCommand,
  SendVoiceMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { SendOutcome } from "../../ports/message-sender.ts";
import type { Pager } from "../../ports/pager.ts";
import { outcomeOfAnswer } from "../aws-sdk/send-outcome.ts";
import { createSmsClient, outcomeOfSmsError } from "./sms-client.ts";

/** A page that arrives later than this, in seconds, has been followed by another one. */
const pageLife = 900;

/**
 * Pages staff by text and by a spoken call. Each call to the provider is made once and soon ends: it is
 * the caller that goes on to the next channel and the next person.
 * @param options.configurationSet - the one whose events this system reads
 */
export function createVoicePager(options: { readonly configurationSet: string }): Pager {
  const client = createSmsClient();
  const common = { ConfigurationSetName: options.configurationSet, TimeToLive: pageLife };
  return {
    text: ({ to, from, body, key }) =>
      outcome(() =>
        client.send(
          new SendTextMessageCommand({
            ...common,
            DestinationPhoneNumber: to,
            OriginationIdentity: from,
            MessageBody: body,
            MessageType: "TRANSACTIONAL",
            Context: { pageKey: key },
          }),
        ),
      ),
    call: ({ to, from, words, key }) =>
      outcome(() =>
        client.send(
          new SendVoiceMessageCommand({
            ...common,
            DestinationPhoneNumber: to,
            OriginationIdentity: from,
            MessageBody: words,
            MessageBodyTextType: "TEXT",
            Context: { pageKey: key },
          }),
        ),
      ),
  };
}

async function outcome(
  call: () => Promise<{ readonly MessageId?: string | undefined }>,
): Promise<SendOutcome> {
  try {
    return outcomeOfAnswer((await call()).MessageId);
  } catch (error) {
    return outcomeOfSmsError(error);
  }
}
