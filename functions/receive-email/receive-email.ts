import {
  type InboundEmail,
  inboundEmailSchema,
} from "../../shared/contracts/inbound-email-event.ts";
import { messageOf, type SnsEvent } from "../../shared/contracts/sns-event.ts";
import { UnreadableEventError } from "../../shared/errors/unreadable-event-error.ts";
import { type EmailResult, type ReceiveEmailDeps, receiveMail } from "./receive-mail.ts";

export type EmailCounts = Readonly<Partial<Record<EmailResult | "notice", number>>>;

/**
 * Takes the emails that people send to a site's mailbox. Each is applied once, however often it is delivered: the
 * crisis screen first, then a person reads it.
 *
 * @throws {StoreUnavailableError} when the store cannot be reached; the event is given again
 * @throws {UnreadableEventError} for what is no email at all; the event ends in the queue of failed ones
 */
export async function receiveEmail(deps: ReceiveEmailDeps, event: SnsEvent): Promise<EmailCounts> {
  const counts: Partial<Record<EmailResult | "notice", number>> = {};
  const failures: unknown[] = [];
  for (const record of event.Records) {
    try {
      const result = await take(deps, record.Sns.Message, messageOf(record));
      counts[result] = (counts[result] ?? 0) + 1;
    } catch (error) {
      failures.push(error);
    }
  }
  // What the next try may mend goes first: the same event comes again with all of its mails.
  const first = failures.find((error) => !(error instanceof UnreadableEventError)) ?? failures[0];
  if (first !== undefined) throw first;
  return counts;
}

async function take(
  deps: ReceiveEmailDeps,
  said: string,
  message: unknown,
): Promise<EmailResult | "notice"> {
  // What the mail provider says once, when a topic is named to it.
  if (said.startsWith("Successfully validated SNS topic")) return "notice";
  const email: InboundEmail | undefined = inboundEmailSchema.safeParse(message).data;
  if (email === undefined) {
    deps.logger.error("An inbound email has no known shape", { code: "malformed" });
    throw new UnreadableEventError("An inbound email has no known shape");
  }
  return receiveMail(deps, email);
}
