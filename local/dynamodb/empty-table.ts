import {
  type DynamoDBDocumentClient,
  ScanCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";

/** One transaction is one write to the disk here; a batch would be one for every item. */
const itemsAtOnce = 100;

/** Deletes every item of a table: only for starting this machine's world again. */
export async function emptyTable(client: DynamoDBDocumentClient, tableName: string): Promise<void> {
  for (;;) {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        ProjectionExpression: "pk, sk",
        Limit: 500,
        ConsistentRead: true,
      }),
    );
    const found = page.Items ?? [];
    if (found.length === 0) return;
    for (let index = 0; index < found.length; index += itemsAtOnce) {
      await client.send(
        new TransactWriteCommand({
          TransactItems: found
            .slice(index, index + itemsAtOnce)
            .map(({ pk, sk }) => ({ Delete: { TableName: tableName, Key: { pk, sk } } })),
        }),
      );
    }
  }
}
