import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { tables } from "../../shared/table/tables.ts";

type TableName = keyof typeof tables;
type IndexDefinition = { readonly partitionKey: string; readonly sortKey: string | undefined };

const readyWithinMs = 10_000;

/**
 * Creates the tables with their indexes and streams, as the definition says; tables that are there
 * already are left as they are. Returns once all of them can be used.
 * @param names - what each table is called on this database
 */
export async function createTables(
  client: DynamoDBClient,
  names: Readonly<Record<TableName, string>>,
): Promise<void> {
  const wanted: readonly TableName[] = ["care", "identity", "audit"];
  await Promise.all(wanted.map((table) => createTable(client, table, names[table])));
}

async function createTable(client: DynamoDBClient, table: TableName, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(table, name)));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceInUseException") throw error;
  }
  const deadline = Date.now() + readyWithinMs;
  while (!(await isActive(client, name))) {
    if (Date.now() > deadline) throw new Error(`The table ${name} did not become ready.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function isActive(client: DynamoDBClient, name: string): Promise<boolean> {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const indexes = table?.GlobalSecondaryIndexes ?? [];
  return [table?.TableStatus, ...indexes.map((index) => index.IndexStatus)].every(
    (status) => status === "ACTIVE",
  );
}

function tableInput(table: TableName, name: string): CreateTableCommandInput {
  const { partitionKey, sortKey, stream } = tables[table];
  const indexes = Object.entries<IndexDefinition>(tables[table].indexes);
  const keyAttributes = new Set([
    partitionKey,
    sortKey,
    ...indexes.flatMap(([, index]) =>
      index.sortKey === undefined ? [index.partitionKey] : [index.partitionKey, index.sortKey],
    ),
  ]);
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...keyAttributes].map(
      (attribute): AttributeDefinition => ({ AttributeName: attribute, AttributeType: "S" }),
    ),
    KeySchema: keySchema({ partitionKey, sortKey }),
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(([indexName, index]) => ({
            IndexName: indexName,
            KeySchema: keySchema(index),
            Projection: { ProjectionType: "ALL" as const },
          })),
        }),
    ...(stream
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" as const } }
      : {}),
  };
}

function keySchema(definition: IndexDefinition): CreateTableCommandInput["KeySchema"] {
  return [
    { AttributeName: definition.partitionKey, KeyType: "HASH" },
    ...(definition.sortKey === undefined
      ? []
      : [{ AttributeName: definition.sortKey, KeyType: "RANGE" as const }]),
  ];
}
