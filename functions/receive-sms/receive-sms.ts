import { inboundSmsSchema } from "../../shared/contracts/inbound-sms-event.ts";
import { messageOf, type SnsEvent } from "../../shared/contracts/sns-event.ts";
import type { ReceiveSmsDeps, TextResult } from "./inbound.ts";
import { receiveText } from "./receive-text.ts";

export type InboundCounts = Readonly<Partial<Record<TextResult | "malformed", number>>>;

/**
 * Takes the texts that people send to our numbers. Each is applied once, however often it is delivered:
 * the crisis screen first, then stop, help and start, then what it is about.
 *
 * @throws {StoreUnavailableError} when the store cannot be reached; the event is given again
 */
export async function receiveSms(deps: ReceiveSmsDeps, event: SnsEvent): Promise<InboundCounts> {
  const counts: Partial<Record<TextResult | "malformed", number>> = {};
  const failures: unknown[] = [];
  for (const record of event.Records) {
    const parsed = inboundSmsSchema.safeParse(messageOf(record));
    if (!parsed.success) {
      // Trying again would not make it readable; the alarm on this line brings a person.
      deps.logger.error("An inbound text has no known shape", { code: "malformed" });
      counts.malformed = (counts.malformed ?? 0) + 1;
      continue;
    }
    try {
      const result = await receiveText(deps, parsed.data);
      counts[result] = (counts[result] ?? 0) + 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return counts;
}
