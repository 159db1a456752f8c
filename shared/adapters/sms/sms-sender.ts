import { SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { MessageSender } from "../../ports/message-sender.ts";
import { outcomeOfAnswer } from "../aws-sdk/send-outcome.ts";
import { createSmsClient, outcomeOfSmsError } from "./sms-client.ts";

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
    async send(message) {
      const command = new SendTextMessageCommand({
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
      });
      try {
        const answer = await client.send(command);
        return outcomeOfAnswer(answer.MessageId);
      } catch (error) {
        return outcomeOfSmsError(error);
      }
    },
  };
}

function timeToLive(seconds: number): number {
  return Math.min(longestLife, Math.max(shortestLife, Math.floor(seconds)));
}
