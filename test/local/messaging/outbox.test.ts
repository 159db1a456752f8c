import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Faults } from "../../../local/messaging/faults.ts";
import { findLinks } from "../../../local/messaging/links.ts";
import type { Messaging } from "../../../local/messaging/messaging.ts";
import { openMessaging } from "../../../local/messaging/messaging.ts";
import { parseMail } from "../../../local/messaging/mime.ts";
import type { OutboxEntry } from "../../../local/messaging/outbox.ts";
import {
  DELIVERY_KINDS,
  deliveryEvent,
  inboundSmsEvent,
  sesEvent,
  smsEvent,
} from "../../../local/messaging/provider-events.ts";
import { fc } from "../../builders/properties.ts";

const NOW = "2026-11-24T14:40:00.000Z";
const LATER = "2026-11-25T14:40:00.000Z";

function messagingAt(clock: { at: string }, dataFolder?: string): Messaging {
  return openMessaging({
    clock: { now: () => clock.at },
    ...(dataFolder === undefined ? {} : { dataFolder }),
  });
}

function append(
  messaging: Messaging,
  change: Partial<Parameters<Messaging["outbox"]["append"]>[0]> = {},
): OutboxEntry {
  return messaging.outbox.append({
    channel: "sms",
    to: "+12025550123",
    from: "+12025550100",
    text: "Hello",
    tags: { participantId: "P1", messageId: "M1" },
    providerMessageId: "prov-1",
    ...change,
  });
}

function messageOf(event: ReturnType<typeof sesEvent>): Record<string, unknown> {
  expect(event.Records).toHaveLength(1);
  expect(event.Records[0]?.EventSource).toBe("aws:sns");
  return JSON.parse(event.Records[0]?.Sns.Message ?? "");
}

describe("outbox", () => {
  it("lists newest first and filters by person, channel, recipient and instant", () => {
    const clock = { at: NOW };
    const messaging = messagingAt(clock);
    const text = append(messaging);
    clock.at = LATER;
    const mail = append(messaging, {
      channel: "email",
      to: "Ana@example.org",
      tags: { participantId: "P2" },
    });
    const { outbox } = messaging;
    const ids = (filter: Parameters<typeof outbox.list>[0]) =>
      outbox.list(filter).map((entry) => entry.id);
    expect(ids({})).toEqual([mail.id, text.id]);
    expect(ids({ to: "ana@EXAMPLE.org" })).toEqual([mail.id]);
    expect(ids({ channel: "sms" })).toEqual([text.id]);
    expect(ids({ participantId: "P2" })).toEqual([mail.id]);
    expect(ids({ since: LATER })).toEqual([mail.id]);
    expect(ids({ since: "2026-11-25T09:40:00-05:00" })).toEqual([mail.id]);
    expect(ids({ participantId: "P1", channel: "email" })).toEqual([]);
    expect(ids({ limit: 1 })).toEqual([mail.id]);
    messaging.close();
  });

  it("keeps messages, lists and what became of them over a restart", () => {
    const dataFolder = mkdtempSync(join(tmpdir(), "throughcare-outbox-"));
    const first = messagingAt({ at: NOW }, dataFolder);
    const entry = append(first, { channel: "email", to: "ana@example.org" });
    first.recordDelivery(entry.id, "complained");
    first.optOuts.put("participants", "+12025550123");
    // Not closed: a killed process does not close either.
    const second = messagingAt({ at: LATER }, dataFolder);
    expect(second.outbox.list()).toEqual([{ ...entry, status: "complained" }]);
    expect(second.suppression.has("ANA@example.org")).toBe(true);
    expect(second.optOuts.all("participants")).toEqual([{ number: "+12025550123", since: NOW }]);
    second.clear();
    expect([second.outbox.count(), second.optOuts.all("participants").length]).toEqual([0, 0]);
    first.close();
    second.close();
    rmSync(dataFolder, { recursive: true });
  });

  it("finds the last text that a number got, for replies", () => {
    const messaging = messagingAt({ at: NOW });
    const first = append(messaging);
    append(messaging, { from: "+12025550101" });
    expect(messaging.outbox.lastTextTo("+12025550123", "+12025550100")?.id).toBe(first.id);
    expect(messaging.outbox.lastTextTo("+12025550199")).toBeUndefined();
    messaging.close();
  });

  it("knows no message by an id that it never gave", () => {
    const messaging = messagingAt({ at: NOW });
    expect(messaging.recordDelivery("nothing", "delivered")).toBeUndefined();
    messaging.close();
  });
});

describe("links in a message", () => {
  it("are found once each, without the punctuation around them", () => {
    expect(
      findLinks(
        "See http://127.0.0.1:8080/k/a, or (https://example.org/b). http://127.0.0.1:8080/k/a!",
        `<a href='http://127.0.0.1:8080/k/a'>x</a><a class="b" href="https://example.org/?a=1&amp;b=2">y</a><a href="mailto:a@example.org">z</a>`,
      ),
    ).toEqual([
      "http://127.0.0.1:8080/k/a",
      "https://example.org/b",
      "https://example.org/?a=1&b=2",
    ]);
  });
});

describe("mail parser", () => {
  it("reads a mail without any structure", async () => {
    expect(await parseMail(Buffer.from("Subject: Hi\n\nBody\n"))).toEqual({
      headers: { subject: "Hi" },
      text: "Body",
      attachments: [],
    });
  });

  it("reads a part that has no headers of its own", async () => {
    const mail = await parseMail(
      Buffer.from(
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nPlain\r\n--b--\r\n',
      ),
    );
    expect(mail.text).toBe("Plain");
  });

  it("reads other charsets and characters split between encoded words", async () => {
    const raw =
      "Subject: =?UTF-8?B?w4M=?= =?utf-8?Q?=C3?= =?utf-8?Q?=B1_a?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nma=F1ana=\r\n!";
    const mail = await parseMail(Buffer.from(raw));
    expect(mail.headers.subject).toBe("Ãñ a");
    expect(mail.text).toBe("mañana!");
  });

  it("never throws, whatever the bytes are", async () => {
    const piece = fc.constantFrom(
      "--b",
      "--b--",
      "\r\n",
      "\n",
      "Content-Type: multipart/mixed; boundary=b",
      ":",
      "=?utf-8?B?",
      "?=",
      "=",
      "Content-Transfer-Encoding: base64",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ unit: "binary" }))), async (pieces) => {
        const mail = await parseMail(Buffer.from(pieces.join("\r\n"), "latin1"));
        expect(mail.attachments).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});

describe("planned faults", () => {
  it("are used up in order, each on its own channel", () => {
    const faults = new Faults();
    faults.next({ channel: "sms", kind: "throttle", count: 2 });
    faults.next({ channel: "sms", kind: "refuse" });
    faults.next({ channel: "email", kind: "down", count: Number.POSITIVE_INFINITY });
    expect(Array.from({ length: 4 }, () => faults.take("sms"))).toEqual([
      "throttle",
      "throttle",
      "refuse",
      undefined,
    ]);
    expect(Array.from({ length: 3 }, () => faults.take("email"))).toEqual(["down", "down", "down"]);
    expect(faults.take("voice")).toBeUndefined();
    faults.clear();
    expect(faults.take("email")).toBeUndefined();
  });
});

describe("provider events", () => {
  const messaging = messagingAt({ at: NOW });
  const text = append(messaging);
  const mail = append(messaging, { channel: "email", to: "ana@example.org", subject: "S" });
  const call = append(messaging, { channel: "voice" });

  it.each([
    ["delivered", "Delivery", "delivery"],
    ["bounced", "Bounce", "bounce"],
    ["complained", "Complaint", "complaint"],
    ["blocked", "Reject", "reject"],
  ] as const)("give a mail's %s with its tags and the provider's id", (kind, eventType, member) => {
    expect(messageOf(sesEvent(mail, kind, LATER))).toMatchObject({
      eventType,
      [member]: expect.any(Object),
      mail: {
        messageId: "prov-1",
        timestamp: NOW,
        destination: ["ana@example.org"],
        tags: { participantId: ["P1"], messageId: ["M1"] },
      },
    });
  });

  it.each([
    ["delivered", "TEXT_DELIVERED"],
    ["bounced", "TEXT_INVALID"],
    ["complained", "TEXT_SPAM"],
    ["blocked", "TEXT_BLOCKED"],
  ] as const)("give a text's %s with its context", (kind, eventType) => {
    expect(messageOf(smsEvent(text, kind, LATER))).toMatchObject({
      eventType,
      eventVersion: "1.0",
      eventTimestamp: Date.parse(LATER),
      isFinal: true,
      messageId: "prov-1",
      destinationPhoneNumber: "+12025550123",
      context: { participantId: "P1", messageId: "M1" },
    });
  });

  it("give calls events of their own", () => {
    const types = DELIVERY_KINDS.map(
      (kind) => messageOf(deliveryEvent(call, kind, LATER)).eventType,
    );
    expect(types).toEqual(["VOICE_COMPLETED", "VOICE_NO_ANSWER", "VOICE_FAILED", "VOICE_FAILED"]);
  });

  it("give an inbound text as the two-way topic does", () => {
    const event = inboundSmsEvent(
      {
        from: "+12025550123",
        to: "+12025550100",
        body: "stop ",
        previousPublishedMessageId: "prov-1",
      },
      LATER,
    );
    expect(event.Records[0]?.Sns.Timestamp).toBe(LATER);
    expect(messageOf(event)).toEqual({
      originationNumber: "+12025550123",
      destinationNumber: "+12025550100",
      messageKeyword: expect.any(String),
      messageBody: "stop ",
      inboundMessageId: expect.any(String),
      previousPublishedMessageId: "prov-1",
    });
    const again = inboundSmsEvent(
      { from: "+12025550123", to: "+12025550100", body: "x", inboundMessageId: "same" },
      NOW,
    );
    expect(messageOf(again).inboundMessageId).toBe("same");
  });
});
