import {
  SnsNotificationSchema,
  SnsRecordSchema,
  SnsSchema,
} from "@aws-lambda-powertools/parser/schemas/sns";
import * as z from "zod";
import { readJsonLeniently } from "./read-input.ts";

/** The most that a topic delivers in one message, in bytes. */
const largestMessageBytes = 262_144;

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
          .extend({
            Message: z
              .string()
              .refine(
                (text) => new TextEncoder().encode(text).length <= largestMessageBytes,
                "is larger than a topic delivers",
              ),
          }),
      }),
    )
    .max(100),
});

/** One record, the part of it that is read. */
export type IncomingRecord = {
  readonly Sns: { readonly Message: string; readonly MessageId?: string | undefined };
};
export type SnsEvent = { readonly Records: readonly IncomingRecord[] };

/** The JSON inside a record, its text well-formed; `undefined` for what is no JSON. */
export function messageOf(record: IncomingRecord): unknown {
  return readJsonLeniently(record.Sns.Message)?.value;
}
