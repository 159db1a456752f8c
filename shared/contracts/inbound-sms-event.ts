import * as z from "zod";
import type { IncomingRecord } from "./sns-event.ts";

const phonePattern = /^\+[1-9]\d{6,14}$/;

/** A text that somebody sent to one of our numbers, as far as it can be read. */
export type InboundSms = {
  /** E.164 where `hasPhone`; else whatever stood there, such as a short code; empty for nothing. */
  readonly originationNumber: string;
  /** False where the sender is no number that anybody could be called at. */
  readonly hasPhone: boolean;
  /** The number that was written to; empty where it is not said. */
  readonly destinationNumber: string;
  /** The words; where no words can be found, all that came, so that a person can look at it. */
  readonly messageBody: string;
  /** The provider's id, else one that the same delivery always has. */
  readonly inboundMessageId: string;
};

/** As the two-way topic delivers it; each field by itself, since a bad one must not lose the others. */
const inboundSmsSchema = z
  .looseObject({
    originationNumber: z.unknown(),
    destinationNumber: z.unknown(),
    messageBody: z.unknown(),
    inboundMessageId: z.unknown(),
  })
  .partial()
  .refine((message) =>
    [message.originationNumber, message.messageBody, message.inboundMessageId].some(
      (field) => field !== undefined && field !== null,
    ),
  );

const longestId = 128;
const longestSender = 64;

/**
 * Reads a text and keeps what can be kept: an odd sender, a missing id or missing words lose nothing.
 * @param record - the record it came in
 * @param message - the JSON inside
 * @param sha256 - gives a text without any id one that a repeat has again
 * @returns `undefined` for what is no text at all
 */
export function readInboundSms(
  record: IncomingRecord,
  message: unknown,
  sha256: (text: string) => string,
): InboundSms | undefined {
  const parsed = inboundSmsSchema.safeParse(message);
  if (!parsed.success) return undefined;
  const { originationNumber, destinationNumber, messageBody, inboundMessageId } = parsed.data;
  const sender = wordOf(originationNumber).trim();
  const id = wordOf(inboundMessageId);
  const words = wordOf(messageBody);
  return {
    originationNumber: sender.slice(0, longestSender).toWellFormed(),
    hasPhone: phonePattern.test(sender),
    destinationNumber: wordOf(destinationNumber).trim(),
    messageBody: words === "" && typeof messageBody !== "string" ? JSON.stringify(message) : words,
    inboundMessageId:
      id !== "" && id.length <= longestId
        ? id
        : sha256(id === "" ? (record.Sns.MessageId ?? record.Sns.Message) : id),
  };
}

/** Text, or a number where text should be; empty for anything else. */
function wordOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
