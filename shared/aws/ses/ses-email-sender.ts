import type { MessageSender, OutgoingMessage, SendOutcome } from "../../ports/message-sender.ts";
import { AwsCallError } from "../aws-http/aws-call-error.ts";
import { type AwsService, createAwsService } from "../aws-http/aws-service.ts";
import type { HttpAnswer } from "../aws-http/http-exchange.ts";
import { outcomeOfAnswer, outcomeOfError } from "../aws-http/send-outcome.ts";
import { composeMail, isPlainAddress } from "./mail.ts";

/**
 * Sends mail through SES, once. Ids travel in the message tags and come back with the delivery events.
 * @param options.configurationSet - the one whose events this system reads
 */
export function createSesEmailSender(options: {
  readonly configurationSet: string;
}): MessageSender {
  const service = createAwsService({
    variable: "SES",
    host: "email",
    signingName: "ses",
    attempts: 1,
  });
  return { send: (message) => send(service, options.configurationSet, message) };
}

async function send(
  service: AwsService,
  configurationSet: string,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const { to, from, replyTo } = message;
  if (![to, from, replyTo ?? from].every(isPlainAddress)) {
    return { outcome: "refused", code: "invalid-address", isOptedOut: false };
  }
  const mail = await composeMail(message);
  const fields = new URLSearchParams({
    Action: "SendRawEmail",
    Version: "2010-12-01",
    Source: from,
    "Destinations.member.1": to,
    "RawMessage.Data": Buffer.from(mail).toString("base64"),
    ConfigurationSetName: configurationSet,
    ...tagFields({
      participantId: message.participantId,
      templateId: message.templateId,
      messageId: message.messageId,
    }),
  });
  try {
    const answer = await service({
      method: "POST",
      path: "/",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: fields.toString(),
    });
    if (answer.status < 200 || answer.status >= 300) return outcomeOfError(errorOf(answer));
    return outcomeOfAnswer(element(answer.body, "MessageId"));
  } catch (error) {
    return outcomeOfError(error);
  }
}

function tagFields(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([name, value], index) => [
      [`Tags.member.${index + 1}.Name`, name],
      [`Tags.member.${index + 1}.Value`, tagValue(value)],
    ]),
  );
}

/** Tags take letters, digits, `_`, `-`, `.` and `@` only. */
function tagValue(text: string): string {
  return text.replace(/[^A-Za-z0-9_.@-]/g, "_").slice(0, 256) || "none";
}

/** The error that an answer in AWS's query protocol stands for. */
function errorOf({ status, body }: HttpAnswer): AwsCallError {
  return new AwsCallError(element(body, "Code") ?? `HTTP ${status}`, status);
}

/** The text of the first such element; what is read here is one word or an id. */
function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xml)?.[1];
}
