import type { MessageSender } from "../ports/message-sender.ts";
import { createSesEmailSender } from "./ses/ses-email-sender.ts";
import { createSmsSender } from "./sms/sms-sender.ts";

/** Sends each message over its own channel. */
export function createMessageSender(options: {
  readonly emailConfigurationSet: string;
  readonly smsConfigurationSet: string;
}): MessageSender {
  const email = createSesEmailSender({ configurationSet: options.emailConfigurationSet });
  const sms = createSmsSender({ configurationSet: options.smsConfigurationSet });
  return { send: (message) => (message.channel === "email" ? email : sms).send(message) };
}
