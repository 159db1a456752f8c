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
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { createFunctionRunner } from "../../shared/aws/lambda/function-runner.ts";
import { createSesEmailSender } from "../../shared/aws/ses/ses-email-sender.ts";
import { createOptOutList } from "../../shared/aws/sms/opt-out-list.ts";
import { createSmsSender } from "../../shared/aws/sms/sms-sender.ts";
import { createVoicePager } from "../../shared/aws/sms/voice-pager.ts";
import { createStepFunctionsRunner } from "../../shared/aws/step-functions/step-functions-runner.ts";
import { useAwsTestEnvironment } from "../fakes/aws-test-environment.ts";
import { expectSameRequest, mailTaken } from "../fakes/same-request.ts";
import { startWireStub, type WireRequest, type WireStub } from "../fakes/wire-stub.ts";

// The functions call AWS through a small client of their own. Here the generated clients of the SDK make the
// same calls, each written down a second time in the SDK's words, and both must be the same on the wire.

let stub: WireStub;
beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  for (const service of ["SFN", "SES", "PINPOINT_SMS_VOICE_V2", "LAMBDA"])
    process.env[`AWS_ENDPOINT_URL_${service}`] = stub.url;
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

const expectSame = (
  ours: () => Promise<unknown>,
  theirs: (sent: WireRequest) => Promise<unknown>,
) => expectSameRequest(stub, ours, theirs);

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
