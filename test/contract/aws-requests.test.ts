import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DeleteOptedOutNumberCommand,
  PinpointSMSVoiceV2Client,
  PutOptedOutNumberCommand,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoDbClient } from "../../shared/adapters/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../shared/adapters/dynamodb/dynamodb-store.ts";
import { createFunctionRunner } from "../../shared/adapters/lambda/function-runner.ts";
import { createSesEmailSender } from "../../shared/adapters/ses/ses-email-sender.ts";
import { createOptOutList } from "../../shared/adapters/sms/opt-out-list.ts";
import { createSmsSender } from "../../shared/adapters/sms/sms-sender.ts";
import { createVoicePager } from "../../shared/adapters/sms/voice-pager.ts";
import { createStepFunctionsRunner } from "../../shared/adapters/step-functions/step-functions-runner.ts";
import { useAwsTestEnvironment } from "../fakes/aws-test-environment.ts";
import { startWireStub, type WireRequest, type WireStub } from "../fakes/wire-stub.ts";

// The functions call AWS through a small client of their own. Here the generated clients of the SDK make the
// same calls, each written down a second time in the SDK's words, and both must be the same on the wire.

let stub: WireStub;
beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  for (const service of ["DYNAMODB", "SFN", "SES", "PINPOINT_SMS_VOICE_V2", "LAMBDA"])
    process.env[`AWS_ENDPOINT_URL_${service}`] = stub.url;
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

/** Differ from call to call, or say who is calling. */
const notOfTheCall = new Set([
  "accept",
  "accept-encoding",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
  "authorization",
  "connection",
  "content-length",
  "host",
  "user-agent",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-user-agent",
]);

/** A request without what differs from call to call; of the signature, for which service and region it holds. */
function meaning(request: WireRequest | undefined) {
  if (request === undefined) throw new Error("Nothing was sent");
  const { method, url, headers, body } = request;
  const kept = Object.entries(headers).filter(([name]) => !notOfTheCall.has(name));
  const type = String(headers["content-type"]);
  const [, scope] =
    /Credential=test\/\d{8}\/([a-z0-9/-]+)\/aws4_request/.exec(String(headers.authorization)) ?? [];
  return {
    method,
    path: url,
    scope,
    headers: Object.fromEntries(kept),
    body: type.includes("form-urlencoded")
      ? Object.fromEntries(new URLSearchParams(body))
      : JSON.parse(body),
  };
}

/** Makes a call both ways and expects the same request. */
async function expectSame(
  ours: () => Promise<unknown>,
  theirs: (sent: WireRequest) => Promise<unknown>,
): Promise<void> {
  await ours();
  const [sent] = stub.requests;
  if (sent === undefined) throw new Error("Nothing was sent");
  expect(stub.requests).toHaveLength(1);
  const own = meaning(sent);
  stub.reset();
  if (own.body.Action === "SendRawEmail") stub.answerNext(mailTaken);
  await theirs(sent);
  expect(own.scope).toMatch(/^us-east-1\/[a-z-]+$/);
  expect(own).toEqual(meaning(stub.requests[0]));
}

const mailTaken = {
  status: 200,
  headers: { "content-type": "text/xml" },
  body: "<SendRawEmailResponse><SendRawEmailResult><MessageId>01</MessageId></SendRawEmailResult></SendRawEmailResponse>",
} as const;

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

describe("the calls to workflows and functions are those of the SDK's clients", () => {
  const prefix = "arn:aws:states:us-east-1:000000000000:stateMachine:throughcare-";
  const runner = () => createStepFunctionsRunner({ stateMachineArnPrefix: prefix });

  it("starting an execution", () =>
    expectSame(
      () => runner().start({ workflow: "intake", name: "intake-01-g1", input: '{"a":"ü"}' }),
      () =>
        new SFNClient({}).send(
          new StartExecutionCommand({
            stateMachineArn: `${prefix}intake:live`,
            name: "intake-01-g1",
            input: '{"a":"ü"}',
          }),
        ),
    ));

  it("asking for its status", () =>
    expectSame(
      () => runner().status("intake", "intake-01-g1"),
      () =>
        new SFNClient({}).send(
          new DescribeExecutionCommand({
            executionArn: `${prefix.replace("stateMachine", "execution")}intake:intake-01-g1`,
          }),
        ),
    ));

  it("waking a wait", () =>
    expectSame(
      () => runner().wake("a-token", "{}"),
      () =>
        new SFNClient({}).send(new SendTaskSuccessCommand({ taskToken: "a-token", output: "{}" })),
    ));

  it("handing an event to a function", () =>
    expectSame(
      () => createFunctionRunner().run("send-message", { schemaVersion: 1 }),
      () =>
        new LambdaClient({}).send(
          new InvokeCommand({
            FunctionName: "throughcare-send-message",
            InvocationType: "Event",
            Payload: JSON.stringify({ schemaVersion: 1 }),
          }),
        ),
    ));
});

describe("what is sent to people is sent as the SDK's clients send it", () => {
  const message = {
    messageId: "01MESSAGE",
    participantId: "01PERSON",
    templateId: "intake-forms",
    from: "+12065550100",
    to: "+12065550123",
    senderName: "River Street",
    text: "Please open the link — ü",
    language: "en",
    timeToLiveSeconds: 3600,
  } as const;
  const sms = () => new PinpointSMSVoiceV2Client({});

  it("a text", () =>
    expectSame(
      () => createSmsSender({ configurationSet: "care" }).send({ ...message, channel: "sms" }),
      () =>
        sms().send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: message.to,
            OriginationIdentity: message.from,
            MessageBody: message.text,
            MessageType: "TRANSACTIONAL",
            ConfigurationSetName: "care",
            TimeToLive: 3600,
            Context: {
              participantId: "01PERSON",
              templateId: "intake-forms",
              messageId: "01MESSAGE",
            },
          }),
        ),
    ));

  it("a spoken page", () =>
    expectSame(
      () =>
        createVoicePager({ configurationSet: "pages" }).call({
          to: message.to,
          from: message.from,
          words: "An alert waits.",
          key: "01ALERT-1-1",
        }),
      () =>
        sms().send(
          new SendVoiceMessageCommand({
            DestinationPhoneNumber: message.to,
            OriginationIdentity: message.from,
            MessageBody: "An alert waits.",
            MessageBodyTextType: "TEXT",
            ConfigurationSetName: "pages",
            TimeToLive: 900,
            Context: { pageKey: "01ALERT-1-1" },
          }),
        ),
    ));

  it("an opt-out and its end", async () => {
    const entry = { OptOutListName: "people", OptedOutNumber: message.to };
    const list = () => createOptOutList({ listName: "people" });
    await expectSame(
      () => list().add(message.to),
      () => sms().send(new PutOptedOutNumberCommand(entry)),
    );
    stub.reset();
    await expectSame(
      () => list().remove(message.to),
      () => sms().send(new DeleteOptedOutNumberCommand(entry)),
    );
  });

  it("a mail", () =>
    expectSame(
      () => {
        stub.answerNext(mailTaken);
        return createSesEmailSender({ configurationSet: "care" }).send({
          ...message,
          channel: "email",
          from: "care@example.org",
          to: "ana@example.org",
          subject: "Your next step",
        });
      },
      ({ body }) =>
        new SESClient({}).send(
          new SendRawEmailCommand({
            Source: "care@example.org",
            Destinations: ["ana@example.org"],
            // A mail has a date and a number of its own each time: the SDK is given ours.
            RawMessage: {
              Data: Buffer.from(new URLSearchParams(body).get("RawMessage.Data") ?? "", "base64"),
            },
            ConfigurationSetName: "care",
            Tags: [
              { Name: "participantId", Value: "01PERSON" },
              { Name: "templateId", Value: "intake-forms" },
              { Name: "messageId", Value: "01MESSAGE" },
            ],
          }),
        ),
    ));
});
