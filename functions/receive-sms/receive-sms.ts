import { readInboundSms } from "../../shared/contracts/inbound-sms-event.ts";
import { messageOf, type SnsEvent } from "../../shared/contracts/sns-event.ts";
import { UnreadableEventError } from "../../shared/errors/unreadable-event-error.ts";
import type { ReceiveSmsDeps, TextResult } from "./inbound.ts";
import { receiveText } from "./receive-text.ts";

export type InboundCounts = Readonly<Partial<Record<TextResult, number>>>;

/**
 * Takes the texts that people send to our numbers. Each is applied once, however often it is delivered:
 * the crisis screen first, then stop, help and start, then what it is about. A text with an odd sender or
 * missing fields is kept and shown to a person.
 *
 * @throws {StoreUnavailableError} when the store cannot be reached; the event is given again
 * @throws {UnreadableEventError} for what is no text at all; the event ends in the queue of failed ones
 */
export async function receiveSms(deps: ReceiveSmsDeps, event: SnsEvent): Promise<InboundCounts> {
  const counts: Partial<Record<TextResult, number>> = {};
  const failures: unknown[] = [];
  for (const record of event.Records) {
    try {
      const text = readInboundSms(record, messageOf(record), deps.secrets.sha256);
      if (text === undefined) throw unreadable(deps);
      const result = await receiveText(deps, text);
      counts[result] = (counts[result] ?? 0) + 1;
    } catch (error) {
      failures.push(error);
    }
  }
  // What the next try may mend goes first: the same event comes again with all of its texts.
  const first = failures.find((error) => !(error instanceof UnreadableEventError)) ?? failures[0];
  if (first !== undefined) throw first;
  return counts;
}

function unreadable({ logger }: ReceiveSmsDeps): UnreadableEventError {
  logger.error("An inbound text has no known shape", { code: "malformed" });
  return new UnreadableEventError("An inbound text has no known shape");
}
