import type { FunctionName } from "../functions/catalogue.ts";
import type { AlarmId } from "./alarm-catalogue.ts";

/**
 * Things that only the functions know, counted from the sentences that they log. A test finds each
 * sentence in the function's own code, so that none of them can be reworded without the alarm.
 */
export type LogMetric = {
  readonly name: string;
  readonly loggedBy: FunctionName;
  readonly sentence: string;
  /** Counts only lines with this outcome. */
  readonly outcome?: string;
  /** Takes the line's own count instead of 1. */
  readonly takesCount?: boolean;
  readonly alarm: AlarmId;
  readonly threshold: number;
};

export const logMetrics: readonly LogMetric[] = [
  {
    name: "PageUndelivered",
    loggedBy: "page-on-call",
    sentence: "A page reached nobody; the alert stands in the queue",
    alarm: "page-undelivered",
    threshold: 1,
  },
  {
    name: "TextPageUndelivered",
    loggedBy: "receive-sms",
    sentence: "A page about a text reached nobody; it stands in the queue",
    alarm: "page-undelivered",
    threshold: 1,
  },
  {
    name: "StaffPhoneStopped",
    loggedBy: "receive-sms",
    sentence: "A staff phone asked for no more texts; pages to it may stop",
    alarm: "staff-phone-stopped",
    threshold: 1,
  },
  {
    name: "InboundTextUnreadable",
    loggedBy: "receive-sms",
    sentence: "An inbound text has no known shape",
    alarm: "texts-not-received",
    threshold: 1,
  },
  {
    name: "OptOutListDiffers",
    loggedBy: "receive-sms",
    sentence: "The provider's opt-out list could not be changed",
    alarm: "opt-out-list-differs",
    threshold: 1,
  },
  {
    name: "DeliveryReportUnreadable",
    loggedBy: "record-delivery",
    sentence: "A delivery event has no known shape",
    alarm: "delivery-reports-lost",
    threshold: 1,
  },
  {
    name: "MessageRefused",
    loggedBy: "send-message",
    sentence: "The provider refused a message",
    alarm: "messages-refused",
    threshold: 10,
  },
  {
    name: "SendOutcomeUnknown",
    loggedBy: "send-message",
    sentence: "The provider's client failed; whether the message left is unknown",
    alarm: "unknown-sends",
    threshold: 5,
  },
  {
    name: "UnknownSends",
    loggedBy: "sweep-stalled-work",
    sentence: "The sweep moved stalled work on",
    outcome: "unknowns",
    takesCount: true,
    alarm: "unknown-sends",
    threshold: 1,
  },
  {
    name: "OverdueDrivers",
    loggedBy: "sweep-stalled-work",
    sentence: "The sweep moved stalled work on",
    outcome: "drivers",
    takesCount: true,
    alarm: "overdue-drivers",
    threshold: 50,
  },
  {
    name: "OldestOverdueDriverSeconds",
    loggedBy: "sweep-stalled-work",
    sentence: "The oldest overdue driver was due this many seconds ago",
    takesCount: true,
    alarm: "overdue-drivers",
    threshold: 900,
  },
  {
    name: "StalledWorkUnsettled",
    loggedBy: "sweep-stalled-work",
    sentence: "Stalled work could not be settled",
    alarm: "stalled-work-unsettled",
    threshold: 5,
  },
  {
    name: "AuditEntryChanged",
    loggedBy: "archive-audit",
    sentence: "An audit entry was changed or removed",
    alarm: "audit-changed",
    threshold: 1,
  },
  {
    name: "AuditEntryNotArchived",
    loggedBy: "archive-audit",
    sentence: "An audit entry could not be archived",
    alarm: "audit-not-archived",
    threshold: 5,
  },
];
