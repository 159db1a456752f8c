/** The template that confirms a stop: the one message that may follow it. */
export const stopConfirmationTemplate = "stop-confirm";

/** Minutes after a stop within which its confirmation may still go. */
export const stopConfirmationMinutes = 5;

/** Answers to people who wrote to us. Every program has words for them. */
export const replyTemplateIds = [
  stopConfirmationTemplate,
  "start-confirm",
  "help-reply",
  "auto-reply",
  "crisis-reply",
] as const;
export type ReplyTemplateId = (typeof replyTemplateIds)[number];
