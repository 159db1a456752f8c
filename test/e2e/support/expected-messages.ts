import type { OutboxMessage } from "./client.ts";
import { localTimeOf } from "./local-time.ts";

/** One message that a participant should get: the day, the template, the channel and the hours on the wall. */
export type ExpectedMessage = readonly [
  date: string,
  templateId: string,
  channel: "sms" | "email",
  hours: string,
];

export type Recipient = {
  readonly participantId: string;
  readonly timeZone: string;
  readonly phone?: string;
  readonly email?: string;
};

/** What is wrong with the messages of one participant, in sentences; empty when all is as expected. */
export function compareMessages(
  recipient: Recipient,
  sent: readonly OutboxMessage[],
  expected: readonly ExpectedMessage[],
): readonly string[] {
  const problems: string[] = [];
  const left = sent
    .filter((message) => message.participantId === recipient.participantId)
    .map((message) => ({ ...message, ...localTimeOf(message.sentAt, recipient.timeZone) }));
  for (const [date, templateId, channel, hours] of expected) {
    const index = left.findIndex(
      (one) => one.date === date && one.templateId === templateId && one.channel === channel,
    );
    const [message] = index < 0 ? [] : left.splice(index, 1);
    if (message === undefined) {
      problems.push(`${date} ${templateId} by ${channel} was not sent`);
      continue;
    }
    const [from = "", to = ""] = hours.split("-");
    if (message.time < from || message.time > to)
      problems.push(`${date} ${templateId} went at ${message.time} instead of ${hours}`);
    const address = channel === "sms" ? recipient.phone : recipient.email;
    if (message.to !== address)
      problems.push(
        `${date} ${templateId} went to another ${channel} address than the participant's`,
      );
  }
  for (const one of left)
    problems.push(`${one.date} ${one.time} ${one.templateId} by ${one.channel} was not expected`);
  return problems;
}
