import * as z from "zod";

const verdict = z.looseObject({ status: z.string().max(32) });

/** A mail as the receipt rule hands it to its topic; each field by itself, since a bad one must not lose the others. */
export const inboundEmailSchema = z.looseObject({
  notificationType: z.literal("Received"),
  mail: z.looseObject({
    messageId: z.string().min(1).max(256),
    source: z.string().max(1000).optional().catch(undefined),
    destination: z.array(z.string()).max(100).catch([]),
  }),
  receipt: z
    .looseObject({
      recipients: z.array(z.string()).max(100).catch([]),
      spamVerdict: verdict.optional().catch(undefined),
    })
    .catch({ recipients: [] }),
  /** The whole mail, in base64. */
  content: z.string(),
});
export type InboundEmail = z.infer<typeof inboundEmailSchema>;
