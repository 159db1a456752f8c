/** One provider call, made once: a retry is the caller's decision, never the client's. */
export type OutgoingMessage = {
  readonly messageId: string;
  readonly participantId: string;
  readonly templateId: string;
  readonly channel: "sms" | "email";
  readonly to: string;
  readonly from: string;
  readonly replyTo?: string;
  readonly senderName: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly unsubscribeUrl?: string;
  readonly language: string;
  /** SMS only: the provider gives up after this many seconds. */
  readonly timeToLiveSeconds?: number;
};

export type SendOutcome =
  | { readonly outcome: "accepted"; readonly providerMessageId: string }
  /** Definitely not sent. */
  | { readonly outcome: "refused"; readonly code: string; readonly isOptedOut: boolean }
  | { readonly outcome: "throttled"; readonly code?: string }
  /** It may or may not have been sent: never re-sent by itself. */
  | { readonly outcome: "ambiguous"; readonly code: string };

export interface MessageSender {
  send(message: OutgoingMessage): Promise<SendOutcome>;
}
