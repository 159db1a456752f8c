// Long because both local providers are tried with the same clients.
import {
  DeleteOptedOutNumberCommand,
  DescribeOptedOutNumbersCommand,
  DescribePoolsCommand,
  PinpointSMSVoiceV2Client,
  PutOptedOutNumberCommand,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import {
  GetSendQuotaCommand,
  SESClient,
  SendEmailCommand,
  SendRawEmailCommand,
} from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RunningHttpServer } from "../../../local/http/http-server.ts";
import { createHttpServer } from "../../../local/http/http-server.ts";
import { openMessaging } from "../../../local/messaging/messaging.ts";

const NOW = "2026-11-24T14:40:00.000Z";
const ANA = "+12025550123";
const credentials = { accessKeyId: "local", secretAccessKey: "local" };

const messaging = openMessaging({ clock: { now: () => NOW } });
let server: RunningHttpServer;
let ses: SESClient;
let sms: PinpointSMSVoiceV2Client;

beforeAll(async () => {
  server = await createHttpServer({
    port: 0,
    routes: [
      { prefix: "/ses", handle: messaging.ses },
      { prefix: "/sms", handle: messaging.sms },
    ],
  });
  const common = { region: "us-east-1", credentials, maxAttempts: 1 };
  ses = new SESClient({ ...common, endpoint: `${server.url}/ses` });
  sms = new PinpointSMSVoiceV2Client({ ...common, endpoint: `${server.url}/sms` });
});

afterEach(() => messaging.clear());

afterAll(async () => {
  ses.destroy();
  sms.destroy();
  await server.close();
  messaging.close();
});

function mailTo(address: string): SendEmailCommand {
  return new SendEmailCommand({
    Source: "Elm Street Program <hello@example.org>",
    Destination: { ToAddresses: [address] },
    Message: {
      Subject: { Data: "A message for you & yours" },
      Body: { Text: { Data: "Open http://127.0.0.1:8080/k/abc. Thank you." } },
    },
    Tags: [
      { Name: "participantId", Value: "P1" },
      { Name: "templateId", Value: "intake-link" },
      { Name: "messageId", Value: "M1" },
    ],
  });
}

function textTo(number: string, body = "Hello"): SendTextMessageCommand {
  return new SendTextMessageCommand({
    DestinationPhoneNumber: number,
    OriginationIdentity: "+12025550100",
    MessageBody: body,
    Context: { participantId: "P1", messageId: "M2", templateId: "T" },
  });
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error("The call was expected to fail and did not.");
  return outcome;
}

describe("local mail provider", () => {
  it("keeps what SendEmail sent, with its tags, links and the virtual instant", async () => {
    const { MessageId } = await ses.send(mailTo("ana@example.org"));
    const [entry] = messaging.outbox.list();
    expect(entry).toMatchObject({
      channel: "email",
      to: "ana@example.org",
      from: "Elm Street Program <hello@example.org>",
      subject: "A message for you & yours",
      links: ["http://127.0.0.1:8080/k/abc"],
      sentAt: NOW,
      participantId: "P1",
      templateId: "intake-link",
      messageId: "M1",
      providerMessageId: MessageId,
      status: "accepted",
    });
  });

  it("reads subject, both bodies and the unsubscribe headers out of a composed mail", async () => {
    const html = `<p lang="es">Hola ñandú – <a href="http://127.0.0.1:8080/k/abc?x=1&amp;y=2">abrir</a></p>`;
    const raw = await compose({
      from: { name: "Programa Élan", address: "hello@example.org" },
      to: "ana@example.org",
      subject:
        "Señal para usted – una línea bastante larga que el compositor parte en varias palabras codificadas ✓",
      text: `Hola ñandú 😀\n${"una línea muy larga ".repeat(20)}\nhttp://127.0.0.1:8080/k/abc?x=1&y=2`,
      html,
      headers: {
        "List-Unsubscribe": "<http://127.0.0.1:8080/u/tok>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
      attachments: [
        { filename: "cita.ics", content: "BEGIN:VCALENDAR", contentType: "text/calendar" },
      ],
    });
    await ses.send(
      new SendRawEmailCommand({
        RawMessage: { Data: raw },
        Destinations: ["ana@example.org"],
        Tags: [{ Name: "participantId", Value: "P9" }],
      }),
    );
    const [entry] = messaging.outbox.list({ participantId: "P9" });
    expect(entry?.subject).toBe(
      "Señal para usted – una línea bastante larga que el compositor parte en varias palabras codificadas ✓",
    );
    expect(entry?.from).toBe("Programa Élan <hello@example.org>");
    expect(entry?.text).toContain("Hola ñandú 😀\n");
    expect(entry?.text).toContain("una línea muy larga ".repeat(20).trimEnd());
    expect(entry?.html?.trim()).toBe(html);
    expect(entry?.links).toEqual(["http://127.0.0.1:8080/k/abc?x=1&y=2"]);
    expect(entry?.headers).toMatchObject({
      "list-unsubscribe": "<http://127.0.0.1:8080/u/tok>",
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    });
  });

  it("takes the recipients from the mail itself where the call names none", async () => {
    const raw = await compose({
      from: "a@example.org",
      to: "Ana <ana@example.org>",
      subject: "s",
      text: "t",
    });
    await ses.send(new SendRawEmailCommand({ RawMessage: { Data: raw } }));
    expect(messaging.outbox.list({ to: "ANA@example.org" })).toHaveLength(1);
  });

  it("answers any other action with an error at once", async () => {
    const started = performance.now();
    const error = await errorOf(ses.send(new GetSendQuotaCommand({})));
    expect(error.name).toBe("InvalidAction");
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([
    ["a tag with a character that the provider does not take", "P#1", "InvalidParameterValue"],
    ["an empty tag", "", "InvalidParameterValue"],
  ])("refuses %s", async (_what, value, code) => {
    const command = mailTo("ana@example.org");
    const tagged = new SendEmailCommand({
      ...command.input,
      Tags: [{ Name: "messageId", Value: value }],
    });
    expect((await errorOf(ses.send(tagged))).name).toBe(code);
    expect(messaging.outbox.count()).toBe(0);
  });

  it("refuses an address after a bounce", async () => {
    await ses.send(mailTo("ana@example.org"));
    const [entry] = messaging.outbox.list();
    expect(messaging.recordDelivery(entry?.id ?? "", "bounced")?.status).toBe("bounced");
    expect((await errorOf(ses.send(mailTo("Ana@example.org")))).name).toBe("MessageRejected");
    expect(messaging.outbox.count()).toBe(1);
  });

  it.each([
    ["throttle", "Throttling", 0],
    ["refuse", "MessageRejected", 0],
    ["down", "ServiceUnavailable", 0],
    ["timeout-after-accept", /ECONNRESET|Error|TimeoutError/, 1],
  ] as const)("plays the fault %s once and then works again", async (kind, name, captured) => {
    messaging.faults.next({ channel: "email", kind });
    expect((await errorOf(ses.send(mailTo("ana@example.org")))).name).toMatch(name);
    expect(messaging.outbox.count()).toBe(captured);
    await ses.send(mailTo("ana@example.org"));
    expect(messaging.outbox.count()).toBe(captured + 1);
  });

  it("survives bodies that are no form", async () => {
    for (const body of [
      "",
      "\u0000%%%",
      "Action=SendRawEmail&RawMessage.Data=%%%",
      "Action=SendEmail",
    ]) {
      const response = await fetch(`${server.url}/ses`, { method: "POST", body });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("<ErrorResponse");
    }
  });
});

describe("local phone provider", () => {
  it("keeps a text with its context", async () => {
    const { MessageId } = await sms.send(textTo(ANA, "Open http://127.0.0.1:8080/k/xyz"));
    expect(messaging.outbox.list({ channel: "sms" })).toEqual([
      expect.objectContaining({
        to: ANA,
        from: "+12025550100",
        participantId: "P1",
        messageId: "M2",
        links: ["http://127.0.0.1:8080/k/xyz"],
        providerMessageId: MessageId,
      }),
    ]);
  });

  it("keeps a spoken call", async () => {
    await sms.send(
      new SendVoiceMessageCommand({
        DestinationPhoneNumber: ANA,
        OriginationIdentity: "+12025550101",
        MessageBody: "Please open the queue.",
        Context: { messageId: "M3" },
      }),
    );
    expect(messaging.outbox.list({ channel: "voice" })).toMatchObject([
      { text: "Please open the queue.", messageId: "M3" },
    ]);
  });

  it("refuses a number on an opt-out list until it is taken off", async () => {
    const entry = { OptOutListName: "participants", OptedOutNumber: ANA };
    const put = await sms.send(new PutOptedOutNumberCommand(entry));
    expect(put.OptedOutTimestamp?.toISOString()).toBe(NOW);

    const error = await errorOf(sms.send(textTo(ANA)));
    expect(error).toMatchObject({
      name: "ConflictException",
      Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    });
    expect(messaging.outbox.count()).toBe(0);

    const described = await sms.send(
      new DescribeOptedOutNumbersCommand({ OptOutListName: "participants" }),
    );
    expect(described.OptedOutNumbers?.map((one) => one.OptedOutNumber)).toEqual([ANA]);

    await sms.send(new DeleteOptedOutNumberCommand(entry));
    await sms.send(textTo(ANA));
    expect(messaging.outbox.count()).toBe(1);
    expect((await errorOf(sms.send(new DeleteOptedOutNumberCommand(entry)))).name).toBe(
      "ResourceNotFoundException",
    );
  });

  it("takes one number off one list: it stays on others, and so does everybody else", async () => {
    const listed = [
      ["participants", ANA],
      ["participants", "+12025550147"],
      ["staff", ANA],
    ] as const;
    for (const [OptOutListName, OptedOutNumber] of listed)
      await sms.send(new PutOptedOutNumberCommand({ OptOutListName, OptedOutNumber }));
    await sms.send(
      new DeleteOptedOutNumberCommand({ OptOutListName: "staff", OptedOutNumber: ANA }),
    );
    const on = async (OptOutListName: string) =>
      (await sms.send(new DescribeOptedOutNumbersCommand({ OptOutListName }))).OptedOutNumbers?.map(
        (one) => one.OptedOutNumber,
      );
    expect(await on("participants")).toEqual(["+12025550147", ANA].sort());
    expect(await on("staff")).toEqual([]);
    expect((await errorOf(sms.send(textTo(ANA)))).name).toBe("ConflictException");
  });

  it("looks only at the list of the sending number where numbers have lists of their own", async () => {
    const separate = openMessaging({
      clock: { now: () => NOW },
      optOutListOf: (from) => (from === "+12025550101" ? "staff" : "participants"),
    });
    const page = await createHttpServer({
      port: 0,
      routes: [{ prefix: "/", handle: separate.sms }],
    });
    const client = new PinpointSMSVoiceV2Client({
      region: "us-east-1",
      credentials,
      maxAttempts: 1,
      endpoint: page.url,
    });
    await client.send(
      new PutOptedOutNumberCommand({ OptOutListName: "participants", OptedOutNumber: ANA }),
    );
    expect((await errorOf(client.send(textTo(ANA)))).name).toBe("ConflictException");
    await client.send(
      new SendTextMessageCommand({ ...textTo(ANA).input, OriginationIdentity: "+12025550101" }),
    );
    expect(separate.outbox.count()).toBe(1);
    client.destroy();
    await page.close();
    separate.close();
  });

  it("answers any other action with an error at once", async () => {
    expect((await errorOf(sms.send(new DescribePoolsCommand({})))).name).toBe(
      "UnknownOperationException",
    );
  });

  it.each([
    ["a number that is none", { DestinationPhoneNumber: "12" }],
    ["a body of 1,601 characters", { MessageBody: "x".repeat(1601) }],
    [
      "more context than the provider takes",
      { Context: { a: "1", b: "1", c: "1", d: "1", e: "1", f: "1" } },
    ],
  ])("refuses %s", async (_what, change) => {
    const command = new SendTextMessageCommand({ ...textTo(ANA).input, ...change });
    expect((await errorOf(sms.send(command))).name).toBe("ValidationException");
    expect(messaging.outbox.count()).toBe(0);
  });

  it.each([
    ["throttle", "ThrottlingException", 0],
    ["refuse", "ConflictException", 0],
    ["down", "InternalServerException", 0],
    ["timeout-after-accept", /ECONNRESET|Error|TimeoutError/, 1],
  ] as const)("plays the fault %s once and then works again", async (kind, name, captured) => {
    messaging.faults.next({ channel: "sms", kind });
    expect((await errorOf(sms.send(textTo(ANA)))).name).toMatch(name);
    expect(messaging.outbox.count()).toBe(captured);
    await sms.send(textTo(ANA));
    expect(messaging.outbox.count()).toBe(captured + 1);
  });

  it("survives bodies that are no JSON", async () => {
    for (const body of ["{", "null", "[]", '"x"', "\u0000"]) {
      const response = await fetch(`${server.url}/sms`, {
        method: "POST",
        headers: { "x-amz-target": "PinpointSMSVoiceV2.SendTextMessage" },
        body,
      });
      expect(response.status).toBe(400);
    }
  });
});

function compose(options: ConstructorParameters<typeof MailComposer>[0]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    new MailComposer(options).compile().build((error, message) => {
      if (error) reject(error);
      else resolve(message);
    });
  });
}
