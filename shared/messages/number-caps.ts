import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import type { Policy } from "../care/program/policy.ts";
import type { Channel } from "../care/program/program.ts";
import { addDays, instantAt, localDate } from "../care/time/zoned-time.ts";
import { type GateInput, isCapped, type TimeRule } from "./gate-input.ts";

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
