import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import type { Policy } from "../care/program/policy.ts";
import type { Channel } from "../care/program/program.ts";
import { closureOn } from "../care/program/staffed-time.ts";
import { addMinutes } from "../care/time/instants.ts";
import {
  addDays,
  instantAt,
  isoWeekKey,
  localDate,
  mondayOf,
  nextInWindow,
  sharedWindow,
  type WallWindow,
} from "../care/time/zoned-time.ts";
import { checkInStaffedMinutes, nextForCheckIn } from "./check-in-hours.ts";
import {
  type GateInput,
  isCapped,
  isPlannedClass,
  isReceipt,
  rowOf,
  type TimeRule,
  tellsWhenToCome,
} from "./gate-input.ts";

/** Where a policy that was stored by an earlier release says nothing. */
const defaults = {
  perNumber: 40,
  unconfirmedNumber: 1,
  unconfirmedAddress: 4,
  unconfirmedAtSite: 400,
};

/**
 * True where somebody has answered from the number or address, or a person has vouched for it: staff confirmed
 * it, staff gave it with their referral, or staff admitted who is reached there. Whoever else names a number
 * may name anybody's. One that took another's place later is vouched for by none of the two: a digit may be wrong.
 */
export function isConfirmed(
  episode: Pick<Episode, "source" | "admittedOn" | "reach">,
  contactPoint: Pick<ContactPoint, "verifiedAt"> | undefined,
  channel: Channel,
): boolean {
  if (contactPoint?.verifiedAt !== undefined) return true;
  if (episode.reach[channel]?.since !== undefined) return false;
  return episode.admittedOn !== undefined || episode.source === "staff";
}

/** Routine messages that a number or address may get in one day of the site, whoever they are for. */
export function maxToNumber(
  policy: Pick<Policy, "caps">,
  channel: Message["channel"],
  isConfirmedNumber: boolean,
): number {
  const { caps } = policy;
  if (isConfirmedNumber) return caps.perNumber?.perDay ?? defaults.perNumber;
  return channel === "sms"
    ? (caps.unconfirmedNumber?.perDay ?? defaults.unconfirmedNumber)
    : (caps.unconfirmedAddress?.perDay ?? defaults.unconfirmedAddress);
}

/** Routine messages that a site may send in one day to all whom nobody has vouched for. */
export function maxUnconfirmedAtSite(policy: Pick<Policy, "caps">): number {
  return policy.caps.unconfirmedAtSite?.perDay ?? defaults.unconfirmedAtSite;
}

function confirmed(input: GateInput): boolean {
  return isConfirmed(input.episode, input.contactPoint, input.message.channel);
}

/** The first instant at or after `from` at which a count of the site's day has room. */
function nextWithRoom(input: GateInput, from: string, sent: number, most: number) {
  const { timeZone } = input.site;
  const today = localDate(input.now, timeZone);
  if (localDate(from, timeZone) > today || sent < most) return from;
  return instantAt(addDays(today, 1), "00:00", timeZone);
}

function limitOfNumber(input: GateInput): number {
  return maxToNumber(input.policy, input.message.channel, confirmed(input));
}

function numberWords(input: GateInput): string {
  if (!isCapped(input)) return "Caps hold routine messages only, and none that tells when to come.";
  const where = input.message.channel === "sms" ? "number" : "address";
  const count = `${input.sent.toNumber} of at most ${limitOfNumber(input)} routine messages went to this ${where} today, whoever they were for.`;
  return confirmed(input)
    ? count
    : `${count} Nobody has answered from it yet, and no member of staff has confirmed it.`;
}

function siteWords(input: GateInput): string {
  if (!isCapped(input)) return "Caps hold routine messages only, and none that tells when to come.";
  return confirmed(input)
    ? "The number or address is confirmed."
    : "The site writes to so many unconfirmed numbers a day, and no more.";
}

/** How much a number gets, and how much a site sends to those whom nobody has vouched for. */
export const numberRules: readonly TimeRule[] = [
  {
    rule: "number-cap",
    next: (input, from) =>
      isCapped(input) ? nextWithRoom(input, from, input.sent.toNumber, limitOfNumber(input)) : from,
    passedWords: numberWords,
    heldWords: numberWords,
  },
  {
    rule: "site-cap",
    next: (input, from) =>
      isCapped(input) && !confirmed(input) && input.sent.isSiteFull
        ? nextWithRoom(input, from, 1, 1)
        : from,
    passedWords: siteWords,
    heldWords: siteWords,
  },
];

export const numberRuleNames: readonly string[] = numberRules.map(({ rule }) => rule);

/** The hours in which a message may go: those of its plan within the quiet hours of its class. */
export function allowedHours({
  message,
  policy,
}: Pick<GateInput, "message" | "policy">): WallWindow | undefined {
  const quiet =
    message.class === "routine" ? policy.quietHours.routine : policy.quietHours.scheduleNotice;
  return sharedWindow(message.window, quiet);
}

const notBefore: TimeRule = {
  rule: "not-before",
  next: ({ message }, from) => (from < message.sendAt ? message.sendAt : from),
  passedWords: () => "Its time has come.",
  heldWords: ({ message }) => `It is planned for ${message.sendAt}.`,
};

const hours: TimeRule = {
  rule: "hours",
  next: (input, from) => {
    if (!isPlannedClass(input.message)) return from;
    const window = allowedHours(input);
    return window === undefined ? undefined : nextInWindow(from, window, input.episode.timeZone);
  },
  passedWords: (input) =>
    isPlannedClass(input.message) ? hoursLabel(input) : "Answers may go at any hour.",
  heldWords: hoursLabel,
};

function hoursLabel(input: GateInput): string {
  const window = allowedHours(input);
  return window === undefined
    ? "The hours of its plan lie in the quiet hours: there is no hour in which it may go."
    : `It may go from ${window.from} to ${window.to} where the participant is.`;
}

/**
 * A check-in may tell of something that needs a person today: its messages go while enough staffed time
 * is left for the answer and the call (a default that a clinician signs off).
 */
const staffed: TimeRule = {
  rule: "staffed-hours-left",
  next: (input, from) => (isCheckIn(input) ? nextForCheckIn(input.site, from) : from),
  passedWords: (input) =>
    isCheckIn(input)
      ? `At least ${checkInStaffedMinutes / 60} staffed hours are left today.`
      : "It asks nothing that staff must answer today.",
  heldWords: () => `Fewer than ${checkInStaffedMinutes / 60} staffed hours are left.`,
};

function isCheckIn(input: GateInput): boolean {
  return rowOf(input)?.anchor === "check-in-opened";
}

const maxClosedDays = 60;

const closures: TimeRule = {
  rule: "site-open",
  next: (input, from) => {
    const { message, site } = input;
    if (message.class !== "routine" || isReceipt(rowOf(input))) return from;
    if (tellsWhenToCome(rowOf(input))) return from;
    let at = from;
    for (let day = 0; day <= maxClosedDays; day += 1) {
      const date = localDate(at, site.timeZone);
      if (closureOn(site, date) === undefined) return at;
      at = instantAt(addDays(date, 1), "00:00", site.timeZone);
    }
    return undefined;
  },
  passedWords: (input) => {
    if (isReceipt(rowOf(input)))
      return "It answers a form that was just sent: closures do not hold it.";
    if (tellsWhenToCome(rowOf(input)))
      return "It tells when to come: the day it is about counts, not the day it goes.";
    return input.message.class === "routine"
      ? "The site is not closed today."
      : "Closures hold routine messages only.";
  },
  heldWords: () => "The site is closed.",
};

function capsOf({ episode, policy }: GateInput): {
  readonly perDay: number;
  readonly perWeek: number;
} {
  return episode.status === "aftercare" ? policy.caps.inAftercare : policy.caps.inProgram;
}

const dayCap: TimeRule = {
  rule: "day-cap",
  next: (input, from) => {
    const { timeZone } = input.episode;
    const today = localDate(input.now, timeZone);
    if (!isCapped(input) || localDate(from, timeZone) > today) return from;
    const { perDay } = capsOf(input);
    if (perDay < 1) return undefined;
    return input.sent.today < perDay ? from : instantAt(addDays(today, 1), "00:00", timeZone);
  },
  passedWords: (input) => capWords(input, input.sent.today, capsOf(input).perDay, "today"),
  heldWords: (input) => capWords(input, input.sent.today, capsOf(input).perDay, "today"),
};

const weekCap: TimeRule = {
  rule: "week-cap",
  next: (input, from) => {
    const { timeZone } = input.episode;
    const today = localDate(input.now, timeZone);
    const isThisWeek = isoWeekKey(localDate(from, timeZone)) === isoWeekKey(today);
    if (!isCapped(input) || !isThisWeek) return from;
    const { perWeek } = capsOf(input);
    if (perWeek < 1) return undefined;
    return input.sent.thisWeek < perWeek
      ? from
      : instantAt(addDays(mondayOf(today), 7), "00:00", timeZone);
  },
  passedWords: (input) => capWords(input, input.sent.thisWeek, capsOf(input).perWeek, "this week"),
  heldWords: (input) => capWords(input, input.sent.thisWeek, capsOf(input).perWeek, "this week"),
};

function capWords(input: GateInput, sent: number, cap: number, when: string): string {
  if (tellsWhenToCome(rowOf(input))) return "It tells when to come: no cap holds it.";
  if (input.message.class !== "routine") return "Caps count routine messages only.";
  return `${sent} of at most ${cap} routine messages went ${when}.`;
}

/** Minutes after which a message that waits for a clinician is looked at again. */
const lookAgainMinutes = 30;

/** Somebody said that another listens or reads along: nothing goes by itself until a clinician is done with their words. */
const alone: TimeRule = {
  rule: "not-read-along",
  next: ({ episode, message, now }, from) => {
    if (episode.notAlone === undefined || !isPlannedClass(message)) return from;
    const again = addMinutes(now, lookAgainMinutes);
    return from < again ? again : from;
  },
  passedWords: () => "Nobody is said to read or listen along.",
  heldWords: () =>
    "The person said that somebody reads or listens along: a clinician reads that first.",
};

/** Rules about when, in the order in which they are told. */
export const timeRules: readonly TimeRule[] = [
  notBefore,
  alone,
  hours,
  staffed,
  closures,
  dayCap,
  weekCap,
  ...numberRules,
];
