import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";

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
    for (let index = 0; index < found.length; index += 25) {
      await client.send(
        new BatchWriteCommand({
          RequestItems: {
            [tableName]: found
              .slice(index, index + 25)
              .map((item) => ({ DeleteRequest: { Key: { pk: item.pk, sk: item.sk } } })),
          },
        }),
      );
    }
  }
}
