import {
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESClient, SendEmailCommand } from "@aws-sdk/client-ses";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHttpServer, type RunningHttpServer } from "../../../local/http/http-server.ts";
import { openMessaging } from "../../../local/messaging/messaging.ts";

const start = Date.parse("2027-01-12T16:00:00.000Z");
const minute = 60_000;
let now = start;
const messaging = openMessaging({ clock: { now: () => new Date(now).toISOString() } });
const { reports, outbox, faults } = messaging;
let server: RunningHttpServer;
let mail: SESClient;
let phone: PinpointSMSVoiceV2Client;

beforeAll(async () => {
  server = await createHttpServer({
    port: 0,
    routes: [
      { prefix: "/ses", handle: reports.around(messaging.ses) },
      { prefix: "/sms", handle: reports.around(messaging.sms) },
    ],
  });
  const common = {
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  };
  mail = new SESClient({ ...common, endpoint: `${server.url}/ses` });
  phone = new PinpointSMSVoiceV2Client({ ...common, endpoint: `${server.url}/sms` });
});
beforeEach(() => {
  now = start;
  messaging.clear();
});
afterAll(async () => {
  mail.destroy();
  phone.destroy();
  await server.close();
  messaging.close();
});

/** Sends with the id that the sender gave it, as `send-message` does. */
const text = (messageId: string) =>
  phone.send(
    new SendTextMessageCommand({
      DestinationPhoneNumber: "+12025550123",
      OriginationIdentity: "+12025550100",
      MessageBody: "See you Tuesday.",
      Context: { messageId },
    }),
  );
const email = (messageId: string) =>
  mail.send(
    new SendEmailCommand({
      Source: "hello@example.org",
      Destination: { ToAddresses: ["ana@example.org"] },
      Message: { Subject: { Data: "A message" }, Body: { Text: { Data: "See you." } } },
      Tags: [{ Name: "messageId", Value: messageId }],
    }),
  );
const arrived = () => reports.take().map(({ messageId }) => messageId);

describe("what the captured providers say of a message", () => {
  it("is that it has arrived, a minute after they took it and not before, once", async () => {
    await text("a-text");
    await email("a-mail");
    expect(reports.nextAt()).toBe(start + minute);
    now = start + minute - 1;
    expect(arrived()).toEqual([]);
    now = start + minute;
    expect(arrived()).toEqual(["a-text", "a-mail"]);
    expect(arrived()).toEqual([]);
    expect(reports.nextAt()).toBeUndefined();
  });

  it("is said of each of two that are taken at the same moment", async () => {
    await Promise.all([text("one"), text("two"), email("three")]);
    now = start + minute;
    expect(arrived().toSorted()).toEqual(["one", "three", "two"]);
  });

  it("is nothing where a person has said before what became of it", async () => {
    await email("it-bounced");
    await email("it-arrived");
    const [entry] = outbox.list({}).filter(({ messageId }) => messageId === "it-bounced");
    messaging.recordDelivery(entry?.id ?? "", "bounced");
    now = start + minute;
    expect(arrived()).toEqual(["it-arrived"]);
  });

  it("is nothing of a call, of what they refused, and of what nobody's id is on", async () => {
    await phone.send(
      new SendVoiceMessageCommand({
        DestinationPhoneNumber: "+12025550177",
        OriginationIdentity: "+12025550199",
        MessageBody: "Alert.",
        Context: { messageId: "a-call" },
      }),
    );
    faults.next({ channel: "sms", kind: "refuse" });
    await expect(text("refused")).rejects.toThrow();
    await phone.send(
      new SendTextMessageCommand({
        DestinationPhoneNumber: "+12025550177",
        OriginationIdentity: "+12025550199",
        MessageBody: "Alert.",
      }),
    );
    now = start + 10 * minute;
    expect(reports.nextAt()).toBeUndefined();
    expect(arrived()).toEqual([]);
  });

  it("is forgotten with the world that it was said in", async () => {
    await text("of-the-old-world");
    messaging.clear();
    now = start + minute;
    expect(reports.nextAt()).toBeUndefined();
    expect(arrived()).toEqual([]);
  });

  it("comes in the order of its time where the clock was put back in between", async () => {
    await text("later");
    now = start - 60 * minute;
    await text("earlier");
    expect(reports.nextAt()).toBe(start - 59 * minute);
    now = start - 59 * minute;
    expect(arrived()).toEqual(["earlier"]);
    expect(reports.nextAt()).toBe(start + minute);
    now = start + minute;
    expect(arrived()).toEqual(["later"]);
  });
});
