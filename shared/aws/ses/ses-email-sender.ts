import { type MessageTag, SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import type { MessageSender, OutgoingMessage, SendOutcome } from "../../ports/message-sender.ts";
import { endInTime, once } from "../aws-client/client-settings.ts";
import { outcomeOfAnswer, outcomeOfError } from "../aws-client/send-outcome.ts";
import { composeMail, isPlainAddress } from "./mail.ts";

/**
 * Sends mail through SES, once. Ids travel in the message tags and come back with the delivery events.
 * @param options.configurationSet - the one whose events this system reads
 */
export function createSesEmailSender(options: {
  readonly configurationSet: string;
}): MessageSender {
  const client = new SESClient(once);
  return { send: (message) => send(client, options.configurationSet, message) };
}

async function send(
  client: SESClient,
  configurationSet: string,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const { to, from, replyTo } = message;
  if (![to, from, replyTo ?? from].every(isPlainAddress)) {
    return { outcome: "refused", code: "invalid-address", isOptedOut: false };
  }
  const mail = new SendRawEmailCommand({
    Source: from,
    Destinations: [to],
    RawMessage: { Data: await composeMail(message) },
    ConfigurationSetName: configurationSet,
    Tags: [
      tag("participantId", message.participantId),
      tag("templateId", message.templateId),
      tag("messageId", message.messageId),
    ],
  });
  try {
    const answer = await client.send(mail, endInTime(once));
    return outcomeOfAnswer(answer.MessageId);
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** Tags take letters, digits, `_`, `-`, `.` and `@` only. */
function tag(name: string, text: string): MessageTag {
  return { Name: name, Value: text.replace(/[^A-Za-z0-9_.@-]/g, "_").slice(0, 256) || "none" };
}
