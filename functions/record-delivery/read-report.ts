import type * as z from "zod";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { mailEventSchema, phoneEventSchema } from "../../shared/contracts/delivery-event.ts";

export const reportKinds = [
  "accepted",
  "delivered",
  "hard-bounce",
  "invalid",
  "blocked",
  "complaint",
  /** The address complained before: the provider took the mail and did not send it. */
  "suppressed-complaint",
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
    const { eventType, bounce, complaint } = mail.data;
    const isBounce = eventType === "Bounce";
    const kind = isBounce
      ? isForGood(bounce)
        ? "hard-bounce"
        : "failed"
      : eventType === "Complaint"
        ? complaintKind(complaint)
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

type Complaint = z.infer<typeof mailEventSchema>["complaint"];

/**
 * Feedback (RFC 5965 and its registry) by which nobody asks for an end: a mail that was taken for spam by mistake,
 * and a signature that could not be checked.
 */
const noWishToEnd = ["not-spam", "auth-failure"];

function complaintKind(complaint: Complaint): ReportKind {
  return noWishToEnd.includes(complaint?.complaintFeedbackType?.toLowerCase() ?? "")
    ? "unknown"
    : complaint?.complaintSubType === "OnAccountSuppressionList"
      ? "suppressed-complaint"
      : "complaint";
}

type Bounce = NonNullable<z.infer<typeof mailEventSchema>["bounce"]>;

/** Bounces of this one message: the address itself takes others, or will again. */
const passingSubTypes = ["MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected"];
const ENHANCED_STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;

/**
 * Whether an address will take no mail later either. The provider's own label is not enough: it calls a
 * domain that does not exist transient, though the status that came back is a permanent one.
 */
function isForGood(bounce: Bounce | undefined): boolean {
  if (bounce?.bounceType === "Permanent") return true;
  if (passingSubTypes.includes(bounce?.bounceSubType ?? "")) return false;
  return (bounce?.bouncedRecipients ?? []).some(
    ({ status, diagnosticCode }) => isPermanent(status) || isPermanent(diagnosticCode),
  );
}

/** RFC 3463: class 5 is permanent; about the mailbox's room, the message's size, content or policy it says nothing of the address. */
function isPermanent(text: string | undefined): boolean {
  const [, kind, subject, detail] = ENHANCED_STATUS.exec(text ?? "") ?? [];
  if (kind !== "5") return false;
  if (subject === "6" || subject === "7") return false;
  return !["2.2", "2.3", "3.4"].includes(`${subject}.${detail}`);
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
