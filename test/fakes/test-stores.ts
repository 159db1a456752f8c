import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createTables } from "../../local/dynamodb/create-tables.ts";
import { startDynamoDb } from "../../local/dynamodb/dynamodb-server.ts";
import { createDynamoDbClient } from "../../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../shared/aws/dynamodb/dynamodb-store.ts";
import { TransactionConflictError } from "../../shared/errors/transaction-conflict-error.ts";
import type { Store, WriteOperation } from "../../shared/ports/store.ts";
import { MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { useAwsTestEnvironment } from "./aws-test-environment.ts";

/** A store that a test may fill, and how to end what it runs on. */
export type TestStore = { readonly store: Store; readonly stop: () => Promise<void> };

/** Both stores by name; the one in memory refuses some transactions, as the real database does. */
export const storeKinds = {
  memory: async (): Promise<TestStore> => ({
    store: new MemoryStore(),
    stop: async () => undefined,
  }),
  dynamodb: startDynamoDbStore,
} as const;

/** The store on a database server of its own, in a folder of its own. */
export async function startDynamoDbStore(): Promise<TestStore> {
  useAwsTestEnvironment();
  const dataFolder = mkdtempSync(join(tmpdir(), "throughcare-store-"));
  const server = await startDynamoDb({ dataFolder, environment: {} });
  const document = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: server.endpoint }));
  const tables = { care: "test-care", identity: "test-identity", audit: "test-audit" };
  await createTables(document, tables);
  const client = createDynamoDbClient({ endpoint: server.endpoint });
  return {
    store: createDynamoDbStore({ client, tables }),
    async stop() {
      document.destroy();
      await server.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Writes, again whenever another transaction was in the way, as every caller must. */
export async function write(store: Store, ...operations: readonly WriteOperation[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.transact(operations);
    } catch (error) {
      if (!(error instanceof TransactionConflictError) || attempt > 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * attempt));
    }
  }
}
