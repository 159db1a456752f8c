import { ownValue } from "../../shared/care/text/own-value.ts";
import { mailEventSchema, phoneEventSchema } from "../../shared/contracts/delivery-event.ts";

export const reportKinds = [
  "accepted",
  "delivered",
  "hard-bounce",
  "invalid",
  "blocked",
  "complaint",
  "failed",
  "unknown",
] as const;
/** What a provider reports about a message, in our words. */
export type ReportKind = (typeof reportKinds)[number];

export type DeliveryReport = {
  readonly kind: ReportKind;
  /** The provider's own word for it. */
  readonly raw: string;
  readonly providerMessageId: string;
  /** Ours; `undefined` for a page to staff or a send of another system. */
  readonly messageId?: string;
};

const mailKinds: Readonly<Record<string, ReportKind>> = {
  Send: "accepted",
  Delivery: "delivered",
  Complaint: "complaint",
  Reject: "failed",
  "Rendering Failure": "failed",
};

const phoneKinds: Readonly<Record<string, ReportKind>> = {
  QUEUED: "accepted",
  PENDING: "accepted",
  SENT: "accepted",
  SUCCESSFUL: "delivered",
  DELIVERED: "delivered",
  INVALID: "invalid",
  BLOCKED: "blocked",
  // The carrier lets no more of our texts through to this number until somebody has looked into it.
  SPAM: "blocked",
  UNREACHABLE: "failed",
  CARRIER_UNREACHABLE: "failed",
  CARRIER_BLOCKED: "failed",
  TTL_EXPIRED: "failed",
  PROTECT_BLOCKED: "failed",
  INVALID_MESSAGE: "failed",
};

/** Reads an event of either provider; `undefined` for what is neither. */
export function readReport(event: unknown): DeliveryReport | undefined {
  const mail = mailEventSchema.safeParse(event);
  if (mail.success) {
    const { eventType, bounce } = mail.data;
    const isBounce = eventType === "Bounce";
    const kind = isBounce
      ? bounce?.bounceType === "Permanent"
        ? "hard-bounce"
        : "failed"
      : ownValue(mailKinds, eventType);
    return report(
      kind,
      isBounce ? `Bounce ${bounce?.bounceType ?? ""}`.trim() : eventType,
      mail.data.mail.messageId,
      mail.data.mail.tags?.messageId?.[0],
    );
  }
  const phone = phoneEventSchema.safeParse(event);
  if (!phone.success) return undefined;
  const { messageStatus, messageId, context } = phone.data;
  return report(ownValue(phoneKinds, messageStatus), messageStatus, messageId, context?.messageId);
}

function report(
  kind: ReportKind | undefined,
  raw: string,
  providerMessageId: string,
  messageId: string | undefined,
): DeliveryReport {
  return {
    kind: kind ?? "unknown",
    raw,
    providerMessageId,
    ...(messageId === undefined ? {} : { messageId }),
  };
}
