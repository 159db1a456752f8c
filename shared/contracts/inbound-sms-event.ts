import * as z from "zod";

const phone = z.string().regex(/^\+[1-9]\d{6,14}$/);

/** A text that somebody sent to one of our numbers, as the two-way topic delivers it. */
export const inboundSmsSchema = z.looseObject({
  originationNumber: phone,
  destinationNumber: phone,
  messageBody: z.string().max(20_000),
  inboundMessageId: z.string().min(1).max(128),
  previousPublishedMessageId: z.string().max(128).optional(),
});
export type InboundSms = z.infer<typeof inboundSmsSchema>;
