import type { MessageSender } from "../../ports/message-sender.ts";
import { createSmsClient, send } from "./sms-client.ts";

// What the provider takes, in seconds: from 5 up to three days.
const shortestLife = 5;
const longestLife = 259_200;

/**
 * Sends texts, once. Ids travel in the context and come back with the delivery events.
 * @param options.configurationSet - the one whose events this system reads
 */
export function createSmsSender(options: { readonly configurationSet: string }): MessageSender {
  const client = createSmsClient();
  return {
    send: (message) =>
      send(client, "SendTextMessage", {
        DestinationPhoneNumber: message.to,
        OriginationIdentity: message.from,
        MessageBody: message.text,
        MessageType: "TRANSACTIONAL",
        ConfigurationSetName: options.configurationSet,
        ...(message.timeToLiveSeconds === undefined
          ? {}
          : { TimeToLive: timeToLive(message.timeToLiveSeconds) }),
        Context: {
          participantId: message.participantId,
          templateId: message.templateId,
          messageId: message.messageId,
        },
      }),
  };
}

function timeToLive(seconds: number): number {
  return Math.min(longestLife, Math.max(shortestLife, Math.floor(seconds)));
}
