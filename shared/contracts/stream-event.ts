import {
  DynamoDBStreamChangeRecordBase,
  DynamoDBStreamRecord,
  DynamoDBStreamSchema,
} from "@aws-lambda-powertools/parser/schemas/dynamodb";
import * as z from "zod";

const textSchema = z.object({ S: z.string() });
const imageSchema = z.record(z.string(), z.unknown());

/**
 * One record of a table's stream, the fields that are read and no more: a record that is refused holds up all
 * behind it. Its items stay in the database's own form, as the archive keeps them; who acts on one reads it
 * again from its table.
 */
const streamRecordSchema = DynamoDBStreamRecord.pick({ eventName: true }).extend({
  dynamodb: DynamoDBStreamChangeRecordBase.pick({ SequenceNumber: true }).extend({
    Keys: z.object({ pk: textSchema, sk: textSchema }),
    NewImage: imageSchema.optional(),
    /** Epoch seconds, rounded by the service. */
    ApproximateCreationDateTime: z.number().min(0).max(253_402_300_799).optional(),
  }),
});
export type TableStreamRecord = z.infer<typeof streamRecordSchema>;

/** What a table's stream hands to a function. */
export const streamEventSchema = DynamoDBStreamSchema.pick({ Records: true }).extend({
  Records: z.array(streamRecordSchema).max(10_000),
});
