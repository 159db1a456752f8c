import { randomUUID } from "node:crypto";
import type { SNSEvent } from "aws-lambda";
import type { OutboxEntry } from "./outbox.ts";
import { snsEvent } from "./sns-event.ts";

/** What a provider reports about a message that it accepted. */
export type DeliveryKind = "delivered" | "bounced" | "complained" | "blocked";

/** Every {@link DeliveryKind}, in the order in which people are offered them. */
export const DELIVERY_KINDS = [
  "delivered",
  "bounced",
  "complained",
  "blocked",
] as const satisfies readonly DeliveryKind[];

/** The event that the deployed system would get about a captured message, whatever its channel. */
export function deliveryEvent(entry: OutboxEntry, kind: DeliveryKind, now: string): SNSEvent {
  return entry.channel === "email" ? sesEvent(entry, kind, now) : smsEvent(entry, kind, now);
}

/** A mail event as the mail provider's event publishing gives it to a topic. */
export function sesEvent(entry: OutboxEntry, kind: DeliveryKind, now: string): SNSEvent {
  const mail = {
    timestamp: entry.sentAt,
    source: entry.from,
    sendingAccountId: "000000000000",
    messageId: entry.providerMessageId,
    destination: [entry.to],
    headersTruncated: false,
    headers: [
      { name: "From", value: entry.from },
      { name: "To", value: entry.to },
      { name: "Subject", value: entry.subject ?? "" },
    ],
    commonHeaders: {
      from: [entry.from],
      to: [entry.to],
      messageId: entry.providerMessageId,
      subject: entry.subject ?? "",
    },
    tags: Object.fromEntries(Object.entries(entry.tags).map(([name, value]) => [name, [value]])),
  };
  return snsEvent("mail-events", { ...sesDetail(entry, kind, now), mail }, now);
}

function sesDetail(entry: OutboxEntry, kind: DeliveryKind, timestamp: string): object {
  switch (kind) {
    case "delivered":
      return {
        eventType: "Delivery",
        delivery: {
          timestamp,
          processingTimeMillis: 500,
          recipients: [entry.to],
          smtpResponse: "250 2.0.0 OK",
          reportingMTA: "mta.example.org",
        },
      };
    case "bounced":
      return {
        eventType: "Bounce",
        bounce: {
          bounceType: "Permanent",
          bounceSubType: "General",
          bouncedRecipients: [
            {
              emailAddress: entry.to,
              action: "failed",
              status: "5.1.1",
              diagnosticCode: "smtp; 550 5.1.1 user unknown",
            },
          ],
          timestamp,
          feedbackId: randomUUID(),
          reportingMTA: "dns; mta.example.org",
        },
      };
    case "complained":
      return {
        eventType: "Complaint",
        complaint: {
          complainedRecipients: [{ emailAddress: entry.to }],
          timestamp,
          feedbackId: randomUUID(),
          complaintFeedbackType: "abuse",
          complaintSubType: null,
        },
      };
    case "blocked":
      return { eventType: "Reject", reject: { reason: "Bad content" } };
  }
}

const TEXT_STATUS = {
  delivered: ["DELIVERED", "Message has been accepted by phone"],
  bounced: ["INVALID", "The destination phone number is not valid"],
  complained: ["SPAM", "Message was identified as spam by the carrier"],
  blocked: ["BLOCKED", "The recipient has blocked this number"],
} as const;

const CALL_STATUS = {
  delivered: ["COMPLETED", "Call was answered and completed"],
  bounced: ["NO_ANSWER", "Nobody answered the call"],
  complained: ["FAILED", "The call failed"],
  blocked: ["FAILED", "The call was blocked"],
} as const;

/** A text or call event as the phone provider's event destination gives it to a topic. */
export function smsEvent(entry: OutboxEntry, kind: DeliveryKind, now: string): SNSEvent {
  const isCall = entry.channel === "voice";
  const [status, description] = isCall ? CALL_STATUS[kind] : TEXT_STATUS[kind];
  const isLatin = /^[\n\r -~]*$/.test(entry.text);
  const common = {
    eventType: `${isCall ? "VOICE" : "TEXT"}_${status}`,
    eventVersion: "1.0",
    eventTimestamp: Date.parse(now),
    isFinal: true,
    originationPhoneNumber: entry.from,
    destinationPhoneNumber: entry.to,
    isInternationalSend: false,
    isoCountryCode: "US",
    messageId: entry.providerMessageId,
    messageRequestTimestamp: Date.parse(entry.sentAt),
    messageType: "TRANSACTIONAL",
    messageStatus: status,
    messageStatusDescription: description,
    context: entry.tags,
  };
  const parts = Math.max(1, Math.ceil(entry.text.length / (isLatin ? 153 : 67)));
  const detail = isCall
    ? { callDurationSeconds: kind === "delivered" ? 20 : 0, totalDurationPrice: 0.013 }
    : {
        mcc: "310",
        mnc: "800",
        messageEncoding: isLatin ? "GSM" : "Unicode",
        totalMessageParts: parts,
        totalMessagePrice: 0.00847 * parts,
        totalCarrierFee: 0.003 * parts,
      };
  return snsEvent("phone-events", { ...common, ...detail }, now);
}

/** A text that somebody sent to one of our numbers. */
export interface InboundText {
  /** Who sent it, E.164. */
  readonly from: string;
  /** Our number, E.164. */
  readonly to: string;
  readonly body: string;
  /** A fresh id where it is left out; the same id again is the provider's redelivery. */
  readonly inboundMessageId?: string;
  /** The provider's id of the last text that went to this person from that number. */
  readonly previousPublishedMessageId?: string;
}

/** An inbound text as the phone provider's two-way topic delivers it. */
export function inboundSmsEvent(text: InboundText, now: string): SNSEvent {
  return snsEvent(
    "two-way-texts",
    {
      originationNumber: text.from,
      destinationNumber: text.to,
      messageKeyword: "KEYWORD_000000000000",
      messageBody: text.body,
      inboundMessageId: text.inboundMessageId ?? randomUUID(),
      ...(text.previousPublishedMessageId === undefined
        ? {}
        : { previousPublishedMessageId: text.previousPublishedMessageId }),
    },
    now,
  );
}

/** An email that somebody wrote to one of our addresses. */
export interface WrittenEmail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  /** A fresh id where it is left out; the same id again is the provider's redelivery. */
  readonly messageId?: string;
}

/** An inbound email as the mail provider's receipt rule hands it to a topic, its content in base64. */
export function inboundEmailEvent(email: WrittenEmail, now: string): SNSEvent {
  const encoded = Buffer.from(email.body, "utf8").toString("base64").replace(/.{76}/g, "$&\r\n");
  const subject = `=?utf-8?B?${Buffer.from(email.subject, "utf8").toString("base64")}?=`;
  const raw = [
    `From: ${email.from}`,
    `To: ${email.to}`,
    `Subject: ${subject}`,
    `Date: ${new Date(now).toUTCString()}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    encoded,
  ].join("\r\n");
  const passed = { status: "PASS" };
  return snsEvent(
    "inbound-mail",
    {
      notificationType: "Received",
      mail: {
        timestamp: now,
        source: email.from,
        messageId: email.messageId ?? randomUUID(),
        destination: [email.to],
        headersTruncated: false,
        headers: [],
        commonHeaders: { from: [email.from], to: [email.to], subject: email.subject },
      },
      receipt: {
        timestamp: now,
        processingTimeMillis: 400,
        recipients: [email.to],
        spamVerdict: passed,
        virusVerdict: passed,
        spfVerdict: passed,
        dkimVerdict: passed,
        dmarcVerdict: passed,
        action: {
          type: "SNS",
          topicArn: "arn:aws:sns:us-east-1:000000000000:inbound-mail",
          encoding: "BASE64",
        },
      },
      content: Buffer.from(raw, "utf8").toString("base64"),
    },
    now,
  );
}
