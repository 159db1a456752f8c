import * as z from "zod";

/** A delivery event of the mail provider's event publishing; the part that is used. */
export const mailEventSchema = z.looseObject({
  eventType: z.string().max(64),
  mail: z.looseObject({
    messageId: z.string().max(256),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
  bounce: z
    .looseObject({
      bounceType: z.string().optional(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z
        .array(
          z.looseObject({
            status: z.string().max(256).optional(),
            diagnosticCode: z.string().max(4096).optional(),
          }),
        )
        .max(100)
        .optional(),
    })
    .optional(),
  complaint: z
    .looseObject({
      complaintSubType: z.string().nullish(),
      complaintFeedbackType: z.string().nullish(),
    })
    .optional(),
});

/** A delivery event of the phone provider's event destination; the part that is used. */
export const phoneEventSchema = z.looseObject({
  eventType: z.string().max(64),
  messageId: z.string().max(256),
  messageStatus: z.string().max(64),
  context: z.record(z.string(), z.string()).optional(),
});
