import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { tables } from "../../shared/keys/keys.ts";

type TableName = keyof typeof tables;
type IndexDefinition = { readonly partitionKey: string; readonly sortKey: string | undefined };

const readyWithinMs = 10_000;

/**
 * Creates the tables with their indexes and streams, as the definition says; tables that are there
 * already are left as they are. Resolves once all of them can be used.
 * @param names - what each table is called on this database
 * @returns true when at least one table was not there before
 */
export async function createTables(
  client: DynamoDBDocumentClient,
  names: Readonly<Record<TableName, string>>,
): Promise<boolean> {
  const wanted: readonly TableName[] = ["care", "identity", "audit"];
  const areNew = await Promise.all(wanted.map((table) => createTable(client, table, names[table])));
  return areNew.includes(true);
}

async function createTable(
  client: DynamoDBDocumentClient,
  table: TableName,
  name: string,
): Promise<boolean> {
  let isNew = true;
  try {
    await client.send(new CreateTableCommand(tableInput(table, name)));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceInUseException") throw error;
    isNew = false;
  }
  const deadline = Date.now() + readyWithinMs;
  while (!(await isActive(client, name))) {
    if (Date.now() > deadline) throw new Error(`The table ${name} did not become ready.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return isNew;
}

async function isActive(client: DynamoDBDocumentClient, name: string): Promise<boolean> {
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
      ? {
          StreamSpecification: {
            StreamEnabled: true,
            StreamViewType: "NEW_AND_OLD_IMAGES" as const,
          },
        }
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
