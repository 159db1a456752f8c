import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openChangeMark } from "../../../local/dynamodb/change-mark.ts";
import { type DynamoDbServer, startDynamoDb } from "../../../local/dynamodb/dynamodb-server.ts";
import { indexStream } from "../../../local/dynamodb/index-stream.ts";
import { StreamPoller } from "../../../local/dynamodb/stream-poller.ts";

describe("the stream of the local database", () => {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-stream-"));
  const file = join(folder, "dynamodb.db");
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  let server: DynamoDbServer;
  let client: DynamoDBClient;

  beforeAll(async () => {
    server = await startDynamoDb({ dataFolder: folder, environment: {} });
    client = new DynamoDBClient({ endpoint: server.endpoint, region: "us-east-1", credentials });
    await client.send(
      new CreateTableCommand({
        TableName: "care",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
  });

  afterAll(async () => {
    client.destroy();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const put = (pk: string) =>
    client.send(new PutItemCommand({ TableName: "care", Item: { pk: { S: pk } } }));

  it("is looked up, not read through, for every write", () => {
    const database = new DatabaseSync(file, { readOnly: true });
    const [plan] = database
      .prepare(
        "EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?",
      )
      .all("care");
    database.close();
    expect(String(plan?.detail)).toMatch(/^SEARCH .* USING COVERING INDEX/);
  });

  it("still tells every change, and forgets what is older than a day without losing its place", async () => {
    await put("long before");
    await put("before");
    const streams = new DynamoDBStreamsClient({
      endpoint: server.endpoint,
      region: "us-east-1",
      credentials,
    });
    const poller = new StreamPoller({
      client: streams,
      tableNames: ["care"],
      startAt: "TRIM_HORIZON",
    });
    await poller.start();
    const told = async () =>
      (await poller.poll()).map((record) => record.dynamodb?.Keys?.pk?.S ?? "");
    expect(await told()).toEqual(["long before", "before"]);
    const twoDaysOnMs = Date.now() + 2 * 86_400_000;
    expect(indexStream(file, twoDaysOnMs)).toBe(true);
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare("SELECT COUNT(*) AS kept FROM _stream_records").get()).toEqual({
      kept: 1,
    });
    database.close();
    await put("after");
    expect(await told()).toEqual(["after"]);
    streams.destroy();
  });

  it("is read to its end in one go, also where more than a page of it was written", async () => {
    const streams = new DynamoDBStreamsClient({
      endpoint: server.endpoint,
      region: "us-east-1",
      credentials,
    });
    const poller = new StreamPoller({
      client: streams,
      tableNames: ["care"],
      startAt: "LATEST",
      changeMark: () => 1,
    });
    await poller.start();
    const words = "long ".repeat(6000);
    const items = Array.from({ length: 80 }, (_, place) => `large ${place}`);
    for (const pk of items)
      await client.send(
        new PutItemCommand({ TableName: "care", Item: { pk: { S: pk }, words: { S: words } } }),
      );
    const told = (await poller.poll()).map((record) => record.dynamodb?.Keys?.pk?.S);
    expect(told).toEqual(items);
    streams.destroy();
  });

  it("is not asked while nothing is written, and tells every write that comes after a rest", async () => {
    const streams = new DynamoDBStreamsClient({
      endpoint: server.endpoint,
      region: "us-east-1",
      credentials,
    });
    const mark = openChangeMark(file);
    const poller = new StreamPoller({
      client: streams,
      tableNames: ["care"],
      startAt: "LATEST",
      changeMark: mark.read,
    });
    await poller.start();
    const asked = vi.spyOn(streams, "send");
    const told = async () =>
      (await poller.poll()).map((record) => record.dynamodb?.Keys?.pk?.S ?? "");
    await told();
    asked.mockClear();
    expect([await told(), await told()]).toEqual([[], []]);
    expect(asked).not.toHaveBeenCalled();
    for (const round of [1, 2, 3]) {
      await Promise.all([put(`one ${round}`), put(`two ${round}`)]);
      expect((await told()).sort()).toEqual([`one ${round}`, `two ${round}`]);
      expect(await told()).toEqual([]);
    }
    // What cannot be read is asked for again: the mark was not passed.
    await put("unheard");
    asked.mockImplementationOnce(() => Promise.reject(new Error("the server is away")));
    await expect(told()).rejects.toThrow("the server is away");
    expect(await told()).toEqual(["unheard"]);
    mark.close();
    streams.destroy();
  });

  it("is left alone where the server keeps it in another way", () => {
    const other = join(folder, "other.db");
    const database = new DatabaseSync(other);
    database.exec("CREATE TABLE _stream_records (id INTEGER PRIMARY KEY, body TEXT)");
    database.close();
    expect(indexStream(other, Date.now())).toBe(false);
  });
});
