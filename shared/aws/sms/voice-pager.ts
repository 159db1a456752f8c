import {
  SendTextMessageCommand,
  SendVoiceMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { Pager } from "../../ports/pager.ts";
import { endInTime, once } from "../aws-client/client-settings.ts";
import { createSmsClient, sendOnce } from "./sms-client.ts";

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
    text: ({ to, from, body, key }) => {
      const text = new SendTextMessageCommand({
        ...common,
        DestinationPhoneNumber: to,
        OriginationIdentity: from,
        MessageBody: body,
        MessageType: "TRANSACTIONAL",
        Context: { pageKey: key },
      });
      return sendOnce(() => client.send(text, endInTime(once)));
    },
    call: ({ to, from, words, key }) => {
      const spoken = new SendVoiceMessageCommand({
        ...common,
        DestinationPhoneNumber: to,
        OriginationIdentity: from,
        MessageBody: words,
        MessageBodyTextType: "TEXT",
        Context: { pageKey: key },
      });
      return sendOnce(() => client.send(spoken, endInTime(once)));
    },
  };
}
