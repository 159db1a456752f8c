import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { createDynamoDbClient } from "../../shared/store/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../shared/store/dynamodb/dynamodb-store.ts";
import { useAwsTestEnvironment } from "../fakes/aws-test-environment.ts";
import { expectSameRequest } from "../fakes/same-request.ts";
import { startWireStub, type WireRequest, type WireStub } from "../fakes/wire-stub.ts";

// See aws-requests.test.ts: here for the calls of the store.

let stub: WireStub;
beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = stub.url;
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

const expectSame = (
  ours: () => Promise<unknown>,
  theirs: (sent: WireRequest) => Promise<unknown>,
) => expectSameRequest(stub, ours, theirs);

describe("the store's calls are those of the SDK's document client", () => {
  const tables = { care: "care", identity: "identity", audit: "audit" };
  const store = () => createDynamoDbStore({ client: createDynamoDbClient(), tables });
  const client = () => DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const key = { pk: "EP#01", sk: "EPISODE" };
  const item = {
    ...key,
    schemaVersion: 1,
    version: 7,
    share: -0.25,
    open: ["TASK#1", "ü"],
    facts: { isSafe: true, note: null, none: [], deep: { at: "2026-01-12T12:00:00.000Z" } },
    empty: "",
  };

  it("reading one item", () =>
    expectSame(
      () => store().get("care", key.pk, key.sk),
      () => client().send(new GetCommand({ TableName: "care", Key: key, ConsistentRead: true })),
    ));

  it("reading many", () =>
    expectSame(
      () => store().getMany("care", [key, { pk: "EP#02", sk: "EPISODE" }]),
      () =>
        client().send(
          new BatchGetCommand({
            RequestItems: {
              care: { Keys: [key, { pk: "EP#02", sk: "EPISODE" }], ConsistentRead: true },
            },
          }),
        ),
    ));

  it("a partition's page", () =>
    expectSame(
      () => store().query("care", "EP#01", { skPrefix: "TASK#", limit: 20, descending: true }),
      () =>
        client().send(
          new QueryCommand({
            TableName: "care",
            ConsistentRead: true,
            KeyConditionExpression: "#n1 = :v2 AND begins_with(#n3, :v4)",
            ExpressionAttributeNames: { "#n1": "pk", "#n3": "sk" },
            ExpressionAttributeValues: { ":v2": "EP#01", ":v4": "TASK#" },
            ScanIndexForward: false,
            Limit: 21,
          }),
        ),
    ));

  it("an index's range", () =>
    expectSame(
      () => store().queryIndex("byWork", "WORK#riverside#effect#0", { to: "2026-01-12" }),
      () =>
        client().send(
          new QueryCommand({
            TableName: "care",
            IndexName: "byWork",
            KeyConditionExpression: "#n1 = :v2 AND #n3 <= :v4",
            ExpressionAttributeNames: { "#n1": "workPartition", "#n3": "workAt" },
            ExpressionAttributeValues: { ":v2": "WORK#riverside#effect#0", ":v4": "2026-01-12" },
          }),
        ),
    ));

  it("a write without a condition", () =>
    expectSame(
      () => store().transact([{ put: { table: "care", item } }]),
      () => client().send(new PutCommand({ TableName: "care", Item: item })),
    ));

  it("taking an item away", () =>
    expectSame(
      () => store().transact([{ delete: { table: "care", ...key } }]),
      () => client().send(new DeleteCommand({ TableName: "care", Key: key })),
    ));

  it("a commit", () =>
    expectSame(
      () =>
        store().transact([
          {
            put: { table: "care", item, condition: { kind: "equals", attributes: { version: 6 } } },
          },
          { put: { table: "audit", item, condition: { kind: "absent" } } },
          { delete: { table: "identity", ...key, condition: { kind: "present" } } },
          {
            check: {
              table: "care",
              pk: "EP#02",
              sk: "EPISODE",
              condition: { kind: "absent-or-at-most", attribute: "count", value: 3 },
            },
          },
          { add: { table: "care", pk: "LEDGER#1", sk: "DAY", attribute: "count", by: 1 } },
        ]),
      ({ body }) => {
        const failed = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
        return client().send(
          new TransactWriteCommand({
            // Another one at each commit: the SDK is given ours.
            ClientRequestToken: JSON.parse(body).ClientRequestToken,
            TransactItems: [
              {
                Put: {
                  TableName: "care",
                  Item: item,
                  ConditionExpression: "#n1 = :v2",
                  ExpressionAttributeNames: { "#n1": "version" },
                  ExpressionAttributeValues: { ":v2": 6 },
                  ...failed,
                },
              },
              {
                Put: {
                  TableName: "audit",
                  Item: item,
                  ConditionExpression: "attribute_not_exists(#n1)",
                  ExpressionAttributeNames: { "#n1": "pk" },
                  ...failed,
                },
              },
              {
                Delete: {
                  TableName: "identity",
                  Key: key,
                  ConditionExpression: "attribute_exists(#n1)",
                  ExpressionAttributeNames: { "#n1": "pk" },
                  ...failed,
                },
              },
              {
                ConditionCheck: {
                  TableName: "care",
                  Key: { pk: "EP#02", sk: "EPISODE" },
                  ConditionExpression: "attribute_not_exists(#n1) OR #n1 <= :v2",
                  ExpressionAttributeNames: { "#n1": "count" },
                  ExpressionAttributeValues: { ":v2": 3 },
                  ...failed,
                },
              },
              {
                Update: {
                  TableName: "care",
                  Key: { pk: "LEDGER#1", sk: "DAY" },
                  UpdateExpression: "SET #n1 = if_not_exists(#n1, :v2) ADD #n3 :v4",
                  ExpressionAttributeNames: { "#n1": "schemaVersion", "#n3": "count" },
                  ExpressionAttributeValues: { ":v2": 1, ":v4": 1 },
                },
              },
            ],
          }),
        );
      },
    ));
});
