import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DynamoDbServer } from "../../../local/dynamodb/dynamodb-server.ts";
import { endDynamoDb, startDynamoDb } from "../../../local/dynamodb/dynamodb-server.ts";
import { StreamPoller } from "../../../local/dynamodb/stream-poller.ts";

const NO_ENVIRONMENT = {};
const CLIENT = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
}

function recordedPid(dataFolder: string): number {
  return JSON.parse(readFileSync(join(dataFolder, "dynamodb.json"), "utf8")).pid;
}

async function createTable(endpoint: string, tableName: string): Promise<DynamoDBClient> {
  const client = new DynamoDBClient({ ...CLIENT, endpoint });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  return client;
}

describe("local database server", () => {
  let dataFolder: string;

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), "throughcare-dynamodb-"));
  });

  afterEach(async () => {
    await endDynamoDb(dataFolder);
    rmSync(dataFolder, { recursive: true });
  });

  it("keeps its items over a stop and a start", async () => {
    const first = await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    const client = await createTable(first.endpoint, "care");
    await client.send(new PutItemCommand({ TableName: "care", Item: { pk: { S: "a" } } }));
    client.destroy();
    const pid = recordedPid(dataFolder);
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    const second = await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    const again = new DynamoDBClient({ ...CLIENT, endpoint: second.endpoint });
    const { Item } = await again.send(
      new GetItemCommand({ TableName: "care", Key: { pk: { S: "a" } } }),
    );
    again.destroy();
    expect(Item).toEqual({ pk: { S: "a" } });
  });

  it("ends the server that a killed parent left behind before it starts its own", async () => {
    const module = fileURLToPath(
      new URL("../../../local/dynamodb/dynamodb-server.ts", import.meta.url),
    );
    const script = `import { startDynamoDb } from ${JSON.stringify(module)};
      await startDynamoDb({ dataFolder: ${JSON.stringify(dataFolder)}, environment: {} });
      process.kill(process.pid, "SIGKILL");`;
    const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
    const parent = spawn(node, ["--input-type=module-typescript", "-e", script], {
      stdio: "ignore",
    });
    const [, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      parent.once("exit", (code, name) => resolve([code, name]));
    });
    expect(signal).toBe("SIGKILL");
    const orphan = recordedPid(dataFolder);
    expect(isAlive(orphan)).toBe(true);
    await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    expect(isAlive(orphan)).toBe(false);
    expect(recordedPid(dataFolder)).not.toBe(orphan);
  });

  it("finds an orphan even where its record was lost", async () => {
    await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    const orphan = recordedPid(dataFolder);
    rmSync(join(dataFolder, "dynamodb.json"));
    await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    expect(isAlive(orphan)).toBe(false);
  });

  it("leaves a process alone that only took over a recorded number", async () => {
    const record = { pid: process.pid, port: 1, file: join(dataFolder, "dynamodb.db") };
    writeFileSync(join(dataFolder, "dynamodb.json"), JSON.stringify(record));
    const server = await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    expect((await fetch(server.endpoint)).status).toBeGreaterThan(0);
  });

  it("starts nothing where another endpoint is given", async () => {
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9/" };
    const server = await startDynamoDb({ dataFolder, environment });
    await server.stop();
    expect(server.endpoint).toBe("http://127.0.0.1:9/");
    expect(existsSync(join(dataFolder, "dynamodb.json"))).toBe(false);
  });

  it("says what to do where there is no server for the machine", async () => {
    const start = startDynamoDb({
      dataFolder,
      environment: NO_ENVIRONMENT,
      binary: "/nowhere/dynoxide",
    });
    await expect(start).rejects.toThrow(/npm install|AWS_ENDPOINT_URL_DYNAMODB/);
  });

  it("says why where the server does not start", async () => {
    const start = startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT, binary: "/bin/false" });
    await expect(start).rejects.toThrow(/did not start: it ended with code 1/);
  });
});

describe("stream poller", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "throughcare-streams-"));
  let server: DynamoDbServer;
  let client: DynamoDBClient;
  let streams: DynamoDBStreamsClient;

  beforeAll(async () => {
    server = await startDynamoDb({ dataFolder, environment: NO_ENVIRONMENT });
    client = await createTable(server.endpoint, "audit");
    streams = new DynamoDBStreamsClient({ ...CLIENT, endpoint: server.endpoint });
  });

  afterAll(async () => {
    client.destroy();
    streams.destroy();
    await server.stop();
    rmSync(dataFolder, { recursive: true });
  });

  it("gives every change once, in order, in the shape that a function gets", async () => {
    const poller = new StreamPoller({
      client: streams,
      tableNames: ["audit"],
      startAt: "TRIM_HORIZON",
    });
    expect(await poller.poll()).toEqual([]);
    const Item = {
      pk: { S: "x" },
      bytes: { B: Buffer.from([1, 2, 255]) },
      list: { L: [{ N: "1" }, { NULL: true }] },
    };
    await client.send(new PutItemCommand({ TableName: "audit", Item }));
    await client.send(new DeleteItemCommand({ TableName: "audit", Key: { pk: { S: "x" } } }));
    const records = await poller.poll();
    expect(records.map((record) => record.eventName)).toEqual(["INSERT", "REMOVE"]);
    expect(JSON.parse(JSON.stringify(records[0]))).toMatchObject({
      tableName: "audit",
      eventSource: "aws:dynamodb",
      eventSourceARN: expect.stringContaining("table/audit/stream"),
      dynamodb: {
        Keys: { pk: { S: "x" } },
        NewImage: {
          pk: { S: "x" },
          bytes: { B: "AQL/" },
          list: { L: [{ N: "1" }, { NULL: true }] },
        },
        SequenceNumber: expect.any(String),
      },
    });
    expect(records[1]?.dynamodb?.OldImage).toMatchObject({ pk: { S: "x" } });
    expect(await poller.poll()).toEqual([]);
  });

  it("sees only what comes after its start where it starts at the latest", async () => {
    await client.send(new PutItemCommand({ TableName: "audit", Item: { pk: { S: "before" } } }));
    const poller = new StreamPoller({ client: streams, tableNames: ["audit"], startAt: "LATEST" });
    await poller.start();
    await client.send(new PutItemCommand({ TableName: "audit", Item: { pk: { S: "after" } } }));
    const records = await poller.poll();
    expect(records.map((record) => record.dynamodb?.Keys?.pk?.S)).toEqual(["after"]);
  });

  it("reads a backlog of many pages without losing or repeating a record", async () => {
    const poller = new StreamPoller({ client: streams, tableNames: ["audit"], startAt: "LATEST" });
    await poller.start();
    const wanted = Array.from({ length: 1200 }, (_, index) => `n${String(index).padStart(4, "0")}`);
    for (const pk of wanted)
      await client.send(new PutItemCommand({ TableName: "audit", Item: { pk: { S: pk } } }));
    const seen = (await poller.poll()).map((record) => record.dynamodb?.Keys?.pk?.S);
    expect(seen).toEqual(wanted);
  });

  it("costs little while nothing is new", async () => {
    const poller = new StreamPoller({ client: streams, tableNames: ["audit"], startAt: "LATEST" });
    await poller.poll();
    const started = performance.now();
    for (let round = 0; round < 50; round += 1) await poller.poll();
    expect((performance.now() - started) / 50).toBeLessThan(25);
  });

  it("says which table has no stream", async () => {
    const poller = new StreamPoller({
      client: streams,
      tableNames: ["nothing"],
      startAt: "LATEST",
    });
    await expect(poller.poll()).rejects.toThrow("nothing");
  });
});
