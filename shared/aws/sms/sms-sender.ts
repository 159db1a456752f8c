import { SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { MessageSender, OutgoingMessage } from "../../ports/message-sender.ts";
import { endInTime, once } from "../aws-client/client-settings.ts";
import { createSmsClient, sendOnce } from "./sms-client.ts";

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
      sendOnce(() => client.send(textOf(message, options.configurationSet), endInTime(once))),
  };
}

function textOf(message: OutgoingMessage, configurationSet: string): SendTextMessageCommand {
  return new SendTextMessageCommand({
    DestinationPhoneNumber: message.to,
    OriginationIdentity: message.from,
    MessageBody: message.text,
    MessageType: "TRANSACTIONAL",
    ConfigurationSetName: configurationSet,
    ...(message.timeToLiveSeconds === undefined
      ? {}
      : { TimeToLive: timeToLive(message.timeToLiveSeconds) }),
    Context: {
      participantId: message.participantId,
      templateId: message.templateId,
      messageId: message.messageId,
    },
  });
}

function timeToLive(seconds: number): number {
  return Math.min(longestLife, Math.max(shortestLife, Math.floor(seconds)));
}
