import type { Pager } from "../../ports/pager.ts";
import { createSmsClient, send } from "./sms-client.ts";

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
      send(client, "SendTextMessage", {
        ...common,
        DestinationPhoneNumber: to,
        OriginationIdentity: from,
        MessageBody: body,
        MessageType: "TRANSACTIONAL",
        Context: { pageKey: key },
      }),
    call: ({ to, from, words, key }) =>
      send(client, "SendVoiceMessage", {
        ...common,
        DestinationPhoneNumber: to,
        OriginationIdentity: from,
        MessageBody: words,
        MessageBodyTextType: "TEXT",
        Context: { pageKey: key },
      }),
  };
}
