import { ownValue } from "../care/text/own-value.ts";

const reasonWords: Readonly<Record<string, string>> = {
  expired: "it could not go while it made sense",
  "expires-before-it-may-go": "the next hour in which it may go is after it makes sense",
  "no-time-left": "no allowed hour was left before what it is about",
  "session-started": "the session it is about has started",
  "pathway-ended": "the participant is past the step it belongs to",
  "session-cancelled": "the session it was about is cancelled",
  "session-moved": "the session it was about is held otherwise",
  "day-changed-again": "the day it was about changed again before it went",
  "on-leave": "the participant is where no automated message should reach",
  deceased: "the participant has died",
  "same-person": "the person is in care under another record",
  "other-version": "the version of the program that the person was moved to has no such message",
  readmitted: "the person was admitted again",
  "no-consent": "there is no live consent of the participant's own",
  "contact-changed": "the participant is reached elsewhere now",
  "contact-closed": "the number or address is closed",
  "phone-not-own": "others read this phone",
  "number-full": "the number or address has had as many messages as it may get",
  "no-allowed-hour": "there is no hour in which it may go",
  "no-address": "the address is erased",
  "no-language": "there are no reviewed messages in the person's language",
  "no-template": "there are no reviewed words for it",
};

/** A stored reason code in words; a reason that is words already stays as it is. */
export function wordsForReason(reason: string | undefined): string {
  if (reason === undefined) return "no reason is recorded";
  return ownValue(reasonWords, reason) ?? reason;
}
