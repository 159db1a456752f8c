import { type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { unpackItem } from "../../shared/store/rules/packed-item.ts";

type Item = Readonly<Record<string, unknown>>;

/** Every item of a table, page by page: only for looking over this machine's own world. */
export async function* scanTable(
  client: DynamoDBDocumentClient,
  tableName: string,
): AsyncGenerator<Item, void, undefined> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? []) yield unpackItem(item);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
