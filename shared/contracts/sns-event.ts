import * as z from "zod";

/** What a topic hands to a subscribed function; the part that is used. */
export const snsEventSchema = z.looseObject({
  Records: z
    .array(
      z.looseObject({
        Sns: z.looseObject({ Message: z.string().max(262_144), MessageId: z.string().optional() }),
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
