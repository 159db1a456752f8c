import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMessageSender } from "../../../shared/aws/message-sender.ts";
import { createOptOutList } from "../../../shared/aws/sms/opt-out-list.ts";
import { createVoicePager } from "../../../shared/aws/sms/voice-pager.ts";
import type { OutgoingMessage } from "../../../shared/ports/message-sender.ts";
import { useAwsTestEnvironment } from "../../fakes/aws-test-environment.ts";
import { startWireStub, type WireStub } from "../../fakes/wire-stub.ts";

let stub: WireStub;
beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  process.env.AWS_ENDPOINT_URL_SES = stub.url;
  process.env.AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2 = stub.url;
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

const sets = { emailConfigurationSet: "mail-of-ours", smsConfigurationSet: "texts-of-ours" };
const ids = { messageId: "01MESSAGE", participantId: "01PERSON", templateId: "weekly-text" };
const text: OutgoingMessage = {
  ...ids,
  channel: "sms",
  to: "+12025550143",
  from: "+12025550100",
  senderName: "River Street",
  text: "River Street: see you today.",
  language: "es",
  timeToLiveSeconds: 3600,
};
const mail: OutgoingMessage = {
  ...ids,
  channel: "email",
  to: "ana@example.org",
  from: "care@riverstreet.example.org",
  replyTo: "desk@riverstreet.example.org",
  senderName: "River Street",
  subject: "Your next step",
  text: "See you today.",
  language: "es",
};

/** What the provider of texts and calls was asked: the operation and its fields, all of them. */
function asked(): readonly { readonly operation: string; readonly fields: unknown }[] {
  return stub.requests.map(({ headers, body }) => ({
    operation: String(headers["x-amz-target"]).split(".").at(-1) ?? "",
    fields: JSON.parse(body),
  }));
}

describe("what the provider is asked", () => {
  it("of a text: from the site's number, under our events, for so long, with the ids of its reports", async () => {
    await createMessageSender(sets).send(text);
    expect(asked()).toEqual([
      {
        operation: "SendTextMessage",
        fields: {
          DestinationPhoneNumber: text.to,
          OriginationIdentity: text.from,
          MessageBody: text.text,
          MessageType: "TRANSACTIONAL",
          ConfigurationSetName: "texts-of-ours",
          TimeToLive: 3600,
          Context: ids,
        },
      },
    ]);
  });

  it.each([
    ["a life shorter than the provider takes", 0, 5],
    ["part of a second", 61.9, 61],
    ["a life longer than the provider takes", 400_000, 259_200],
  ])("of a text with %s: what it takes", async (_what, timeToLiveSeconds, TimeToLive) => {
    await createMessageSender(sets).send({ ...text, timeToLiveSeconds });
    expect(asked()).toMatchObject([{ fields: { TimeToLive } }]);
  });

  it("of a mail: to one address, from the site's own, under our events, with the ids of its reports", async () => {
    await createMessageSender(sets).send(mail);
    const form = Object.fromEntries(new URLSearchParams(stub.requests[0]?.body));
    const raw = Buffer.from(form["RawMessage.Data"] ?? "", "base64").toString("utf8");
    const tags = [1, 2, 3].map((n) => [
      form[`Tags.member.${n}.Name`],
      form[`Tags.member.${n}.Value`],
    ]);
    expect(form).toMatchObject({
      Action: "SendRawEmail",
      Source: mail.from,
      "Destinations.member.1": mail.to,
      ConfigurationSetName: "mail-of-ours",
    });
    expect(form).not.toHaveProperty("Destinations.member.2");
    expect(Object.fromEntries(tags)).toEqual(ids);
    const headers = (raw.split("\r\n\r\n")[0] ?? "").replaceAll(/\r\n\s+/g, " ");
    for (const line of [
      "From: River Street <care@riverstreet.example.org>",
      "To: ana@example.org",
      "Reply-To: desk@riverstreet.example.org",
      "Subject: Your next step",
      "Content-Language: es",
      "Auto-Submitted: auto-generated",
    ])
      expect(headers.split("\r\n")).toContain(line);
  });

  it("of a page: within a quarter of an hour or not at all, under our events, with its key", async () => {
    const pager = createVoicePager({ configurationSet: "texts-of-ours" });
    const page = { to: "+12025550177", from: "+12025550199", key: "ESC-1-0-1" };
    await pager.text({ ...page, body: "Throughcare alert. Sign in." });
    await pager.call({ ...page, words: "Throughcare alert. Please sign in." });
    const common = {
      DestinationPhoneNumber: page.to,
      OriginationIdentity: page.from,
      ConfigurationSetName: "texts-of-ours",
      TimeToLive: 900,
      Context: { pageKey: page.key },
    };
    expect(asked()).toEqual([
      {
        operation: "SendTextMessage",
        fields: {
          ...common,
          MessageBody: "Throughcare alert. Sign in.",
          MessageType: "TRANSACTIONAL",
        },
      },
      {
        operation: "SendVoiceMessage",
        fields: {
          ...common,
          MessageBody: "Throughcare alert. Please sign in.",
          MessageBodyTextType: "TEXT",
        },
      },
    ]);
  });

  it("of a number that said STOP or START: on or off the participants' list", async () => {
    const list = createOptOutList({ listName: "participants-of-ours" });
    await list.add(text.to);
    await list.remove(text.to);
    const fields = { OptOutListName: "participants-of-ours", OptedOutNumber: text.to };
    expect(asked()).toEqual([
      { operation: "PutOptedOutNumber", fields },
      { operation: "DeleteOptedOutNumber", fields },
    ]);
  });
});
