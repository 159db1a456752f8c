import {
  SnsNotificationSchema,
  SnsRecordSchema,
  SnsSchema,
} from "@aws-lambda-powertools/parser/schemas/sns";
import * as z from "zod";

/**
 * What a topic hands to a subscribed function. Only what is read is asked for: a text that somebody sent must
 * not be lost to a field that nobody needs.
 */
export const snsEventSchema = SnsSchema.extend({
  Records: z
    .array(
      SnsRecordSchema.pick({ Sns: true }).extend({
        Sns: SnsNotificationSchema.pick({ MessageId: true })
          .partial()
          .extend({ Message: z.string().max(262_144) }),
      }),
    )
    .max(100),
});

/** The part of it that is read: the message of each record. */
export type SnsEvent = {
  readonly Records: readonly { readonly Sns: { readonly Message: string } }[];
};

/** The JSON inside a record; `undefined` for what is no JSON object. */
export function messageOf(record: SnsEvent["Records"][number]): unknown {
  try {
    return JSON.parse(record.Sns.Message);
  } catch {
    return undefined;
  }
}
