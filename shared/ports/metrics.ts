import type { SendOutcome } from "./message-sender.ts";

/** The ways to reach somebody. */
export type SendChannel = "email" | "sms" | "voice";

/**
 * What is counted about a running system. Each figure has its own call, whose arguments are fixed words and
 * numbers: an id, a name or a number to call has no way in.
 */
export interface Metrics {
  /** One call of a provider that sends, and how it ended. */
  sent(channel: SendChannel, outcome: SendOutcome["outcome"]): void;
  /** A request that was refused, by its HTTP status from 400 to 499; or an event of no known shape. */
  refused(what: number | "event"): void;
  /** Seconds from the commit that owed an outbox entry until it was carried out. */
  effectLag(seconds: number): void;
}
