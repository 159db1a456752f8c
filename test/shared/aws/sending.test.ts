// Long because mail, texts and calls are tried against the same local providers.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createHttpServer, type RunningHttpServer } from "../../../local/http/http-server.ts";
import { type Messaging, openMessaging } from "../../../local/messaging/messaging.ts";
import { createMessageSender } from "../../../shared/aws/message-sender.ts";
import { createOptOutList } from "../../../shared/aws/sms/opt-out-list.ts";
import { createVoicePager } from "../../../shared/aws/sms/voice-pager.ts";
import type { MessageSender, OutgoingMessage } from "../../../shared/ports/message-sender.ts";
import { useAwsTestEnvironment } from "../../fakes/aws-test-environment.ts";
import { jsonError, startWireStub, type WireStub } from "../../fakes/wire-stub.ts";

const sesUrl = "AWS_ENDPOINT_URL_SES";
const smsUrl = "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2";
const sets = { emailConfigurationSet: "throughcare", smsConfigurationSet: "throughcare" };

let server: RunningHttpServer;
let messaging: Messaging;
let stub: WireStub;

beforeAll(async () => {
  useAwsTestEnvironment();
  messaging = openMessaging({ clock: { now: () => "2026-03-02T15:00:00.000Z" } });
  server = await createHttpServer({
    port: 0,
    routes: [
      { prefix: "/ses", handle: messaging.ses },
      { prefix: "/sms", handle: messaging.sms },
    ],
  });
  stub = await startWireStub();
});
afterAll(async () => {
  await server.close();
  messaging.close();
  await stub.stop();
});

/** Points new clients to a server. */
function talkTo(urls: { readonly ses: string; readonly sms: string }): void {
  Object.assign(process.env, { [sesUrl]: urls.ses, [smsUrl]: urls.sms });
}

beforeEach(() => {
  messaging.clear();
  stub.reset();
  talkTo({ ses: `${server.url}/ses`, sms: `${server.url}/sms` });
});

const email: OutgoingMessage = {
  messageId: "01MESSAGE",
  participantId: "01PERSON",
  templateId: "intake-forms",
  channel: "email",
  to: "ana@example.org",
  from: "care@riverstreet.example.org",
  replyTo: "desk@riverstreet.example.org",
  senderName: "River Street",
  subject: "Your next step — één formulier",
  text: "Please open the link: https://riverstreet.example.org/k/abc.def",
  html: '<p>Please open the <a href="https://riverstreet.example.org/k/abc.def">link</a>: ü</p>',
  unsubscribeUrl: "https://riverstreet.example.org/u/abc.def",
  language: "en",
};
const text: OutgoingMessage = {
  messageId: "01TEXT",
  participantId: "01PERSON",
  templateId: "session-reminder",
  channel: "sms",
  to: "+12025550143",
  from: "+12025550100",
  senderName: "River Street",
  text: "River Street: see you today at 3 pm. Reply STOP to end.",
  language: "en",
  timeToLiveSeconds: 3600,
};

function inbox(): readonly ReturnType<Messaging["outbox"]["list"]>[number][] {
  return messaging.outbox.list({});
}

describe("a mail", () => {
  it("arrives with text, HTML, reply address, one-click unsubscribe and the ids of its events", async () => {
    const outcome = await createMessageSender(sets).send(email);
    const [mail] = inbox();
    expect(outcome).toEqual({ outcome: "accepted", providerMessageId: mail?.providerMessageId });
    expect(mail).toMatchObject({
      channel: "email",
      to: "ana@example.org",
      from: "River Street <care@riverstreet.example.org>",
      subject: email.subject,
      html: expect.stringContaining("ü</p>"),
      headers: {
        "reply-to": "desk@riverstreet.example.org",
        "list-unsubscribe": "<https://riverstreet.example.org/u/abc.def>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
        "auto-submitted": "auto-generated",
      },
    });
    expect(mail?.text.trim()).toBe(email.text);
    expect(mail?.tags).toEqual({
      participantId: "01PERSON",
      templateId: "intake-forms",
      messageId: "01MESSAGE",
    });
  });

  it("offers no unsubscribe where there is nothing to unsubscribe from, or the address is no web address", async () => {
    const { unsubscribeUrl: _unsubscribeUrl, ...reply } = email;
    await createMessageSender(sets).send(reply);
    await createMessageSender(sets).send({ ...email, unsubscribeUrl: "javascript:alert(1)" });
    for (const mail of inbox()) expect(mail.headers).not.toHaveProperty("list-unsubscribe");
  });

  it.each(["subject", "senderName", "language"] as const)(
    "takes no header from its %s",
    async (field) => {
      await createMessageSender(sets).send({
        ...email,
        [field]: "Hello\r\nBcc: eve@example.org\r\n\r\nBody",
      });
      const mails = inbox();
      expect(mails).toHaveLength(1);
      expect(mails[0]).toMatchObject({ to: "ana@example.org" });
      expect(mails[0]?.text.trim()).toBe(email.text);
    },
  );

  it.each([
    "ana@example.org, eve@example.org",
    "ana@example.org\r\nBcc: eve@example.org",
    "Ana <ana@example.org>",
    "ana",
    "",
  ])("to or from %j is refused and never sent", async (address) => {
    const sender = createMessageSender(sets);
    for (const field of ["to", "from", "replyTo"] as const) {
      expect(await sender.send({ ...email, [field]: address })).toMatchObject({
        outcome: "refused",
        code: "invalid-address",
      });
    }
    expect(inbox()).toEqual([]);
  });

  it("to an address that the provider suppresses is refused", async () => {
    messaging.suppression.add("ana@example.org", "BOUNCE");
    expect(await createMessageSender(sets).send(email)).toEqual({
      outcome: "refused",
      code: "MessageRejected",
      isOptedOut: false,
    });
  });
});

describe("a text", () => {
  it("arrives from the site's number with the ids of its events", async () => {
    const outcome = await createMessageSender(sets).send(text);
    const [sms] = inbox();
    expect(outcome).toEqual({ outcome: "accepted", providerMessageId: sms?.providerMessageId });
    expect(sms).toMatchObject({ channel: "sms", to: text.to, from: text.from, text: text.text });
    expect(sms?.tags).toEqual({
      participantId: "01PERSON",
      templateId: "session-reminder",
      messageId: "01TEXT",
    });
  });

  it("is transactional, counted under its configuration set and given up after its time", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    stub.answerNext(
      { status: 200, body: '{"MessageId":"m-1"}' },
      { status: 200, body: '{"MessageId":"m-2"}' },
    );
    const sender = createMessageSender(sets);
    await sender.send(text);
    await sender.send({ ...text, timeToLiveSeconds: 0.5 });
    expect(stub.requests.map(({ body }) => JSON.parse(body))).toMatchObject([
      { MessageType: "TRANSACTIONAL", ConfigurationSetName: "throughcare", TimeToLive: 3600 },
      { TimeToLive: 5 },
    ]);
  });

  it("to a number that opted out is refused as such, until the number is taken off the list", async () => {
    const list = createOptOutList({ listName: "participants" });
    const sender = createMessageSender(sets);
    await list.add(text.to);
    await list.add(text.to);
    expect(await sender.send(text)).toEqual({
      outcome: "refused",
      code: "ConflictException",
      isOptedOut: true,
    });
    await list.remove(text.to);
    await list.remove(text.to);
    expect(await sender.send(text)).toMatchObject({ outcome: "accepted" });
  });
});

describe.each([
  ["mail", email],
  ["text", text],
] as const)("when the provider of a %s", (_name, message) => {
  const send = (sender: MessageSender) => sender.send(message);

  it.each([
    ["asks for fewer", "throttle", { outcome: "throttled" }, 0],
    ["refuses it", "refuse", { outcome: "refused", isOptedOut: false }, 0],
    ["has a fault", "down", { outcome: "ambiguous" }, 0],
    ["takes it and hangs up", "timeout-after-accept", { outcome: "ambiguous" }, 1],
  ] as const)(
    "%s, the call is made once and the outcome says so",
    async (_what, kind, expected, kept) => {
      // Were the client to try again, the second attempt would succeed.
      messaging.faults.next({ channel: message.channel, kind });
      expect(await send(createMessageSender(sets))).toMatchObject(expected);
      expect(inbox()).toHaveLength(kept);
    },
  );

  it("cannot be connected to, nothing was sent and it may be tried later", async () => {
    const gone = await startWireStub();
    await gone.stop();
    talkTo({ ses: gone.url, sms: gone.url });
    expect(await send(createMessageSender(sets))).toEqual({
      outcome: "throttled",
      code: "ECONNREFUSED",
    });
  });

  it("gives no number for it, nobody knows", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    const xml =
      "<SendRawEmailResponse><SendRawEmailResult></SendRawEmailResult></SendRawEmailResponse>";
    stub.answerNext({ status: 200, body: message.channel === "email" ? xml : "{}" });
    expect(await send(createMessageSender(sets))).toEqual({
      outcome: "ambiguous",
      code: "no-message-id",
    });
  });
});

describe("a provider that never answers", () => {
  it("is given a few seconds and one attempt, and then nobody knows", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    stub.answerNext("silence", "silence", "silence");
    const sender = createMessageSender(sets);
    const pager = createVoicePager({ configurationSet: "throughcare" });
    const startedAt = performance.now();
    const outcomes = await Promise.all([
      sender.send(email),
      sender.send(text),
      pager.call({ to: text.to, from: text.from, words: "Alert.", key: "k" }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["ambiguous", "ambiguous", "ambiguous"]);
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(stub.requests).toHaveLength(3);
  });
});

describe("a provider whose answer begins and never ends", () => {
  it("is waited for no longer than for any other, and then nobody knows", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    stub.answerNext("stall", "stall");
    const sender = createMessageSender(sets);
    const startedAt = performance.now();
    const outcomes = await Promise.all([sender.send(email), sender.send(text)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["ambiguous", "ambiguous"]);
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(stub.requests).toHaveLength(2);
  });
});

describe("what is sent to a person", () => {
  it("goes over a connection of its own: one that was kept may have died unnoticed", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    const sender = createMessageSender(sets);
    const pager = createVoicePager({ configurationSet: "throughcare" });
    stub.reset();
    for (let message = 1; message <= 3; message += 1) await sender.send(text);
    await sender.send(email);
    await pager.call({ to: text.to, from: text.from, words: "Alert.", key: "k" });
    expect(stub.requests).toHaveLength(5);
    expect(stub.connections()).toBe(5);
    for (const { headers } of stub.requests) expect(headers.connection).toBe("close");
  });

  it("is signed with the role's session token, for the service that it is sent to", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    vi.stubEnv("AWS_SESSION_TOKEN", "the-token");
    const sender = createMessageSender(sets);
    await sender.send(text);
    await sender.send(email);
    vi.unstubAllEnvs();
    const signed = stub.requests.map(({ headers }) => [
      headers["x-amz-security-token"],
      /Credential=test\/\d{8}\/us-east-1\/([a-z-]+)\/aws4_request/.exec(
        String(headers.authorization),
      )?.[1],
    ]);
    expect(signed).toEqual([
      ["the-token", "sms-voice"],
      ["the-token", "ses"],
    ]);
  });
});

describe("a page", () => {
  const page = { to: "+12025550177", from: "+12025550199", key: "ESC-1-0-1" };

  it("goes out as a text and as a spoken call, each with its key", async () => {
    const pager = createVoicePager({ configurationSet: "throughcare" });
    expect(await pager.text({ ...page, body: "Throughcare alert. Sign in." })).toMatchObject({
      outcome: "accepted",
    });
    expect(await pager.call({ ...page, words: "Throughcare alert. Sign in." })).toMatchObject({
      outcome: "accepted",
    });
    expect(inbox().map(({ channel, to, from, tags }) => ({ channel, to, from, tags }))).toEqual(
      ["voice", "sms"].map((channel) => ({
        channel,
        to: page.to,
        from: page.from,
        tags: { pageKey: page.key },
      })),
    );
  });

  it("that is refused or lost comes back soon, so that the next way can be tried", async () => {
    const pager = createVoicePager({ configurationSet: "throughcare" });
    messaging.faults.next({ channel: "voice", kind: "refuse" });
    messaging.faults.next({ channel: "sms", kind: "down" });
    expect(await pager.call({ ...page, words: "Alert." })).toMatchObject({ outcome: "refused" });
    expect(await pager.text({ ...page, body: "Alert." })).toMatchObject({ outcome: "ambiguous" });
  });
});

describe("the opt-out list", () => {
  it("tells that a call may be repeated when the provider does not carry it out", async () => {
    talkTo({ ses: stub.url, sms: stub.url });
    const list = createOptOutList({ listName: "participants" });
    stub.answerNext(jsonError(400, "ThrottlingException"), { status: 500, body: "{}" });
    await expect(list.add(text.to)).rejects.toMatchObject({
      name: "ProviderThrottledError",
      isRetryable: true,
    });
    await expect(list.remove(text.to)).rejects.toMatchObject({
      name: "ProviderUnavailableError",
      isRetryable: true,
    });
  });
});
