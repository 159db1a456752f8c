import * as z from "zod";

const keySchema = z.looseObject({ S: z.string() }).optional();

/** One record of a table's stream, the part that is used; the items are read again from the table. */
const streamRecordSchema = z.looseObject({
  eventName: z.string().optional(),
  dynamodb: z
    .looseObject({
      Keys: z.looseObject({ pk: keySchema, sk: keySchema }).optional(),
      NewImage: z.record(z.string(), z.unknown()).optional(),
      SequenceNumber: z.string().optional(),
      /** Epoch seconds, rounded by the service. */
      ApproximateCreationDateTime: z.number().min(0).max(253_402_300_799).optional(),
    })
    .optional(),
});
export type TableStreamRecord = z.infer<typeof streamRecordSchema>;

/** What a table's stream hands to a function. */
export const streamEventSchema = z.looseObject({
  Records: z.array(streamRecordSchema).max(10_000),
});
