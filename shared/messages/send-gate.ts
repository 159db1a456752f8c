import type { GateRule } from "../care/episode/message.ts";
import { statusLabels } from "../care/episode/status.ts";
import type { MessageAnchor } from "../care/program/program.ts";
import { addMinutes, toInstant } from "../care/time/instants.ts";
import { spread } from "../care/time/zoned-time.ts";
import { isConsented } from "./consent.ts";
import {
  type DropReason,
  type GateInput,
  isPlannedClass,
  rowOf,
  type SendDecision,
  type TimeRule,
} from "./gate-input.ts";
import { numberRules, timeRules } from "./gate-times.ts";
import { isOwnershipFine } from "./plan-messages.ts";
import { stopConfirmationMinutes, stopConfirmationTemplate } from "./reply-templates.ts";

/** A rule about what is so now: it lets a message pass or drops it for good. */
export type FactFinding = { readonly rule: GateRule; readonly reason?: DropReason };
export type FactRule = (input: GateInput) => FactFinding;

function passed(rule: string, words: string): FactFinding {
  return { rule: { rule, outcome: "passed", words } };
}

function drops(rule: string, reason: DropReason, words: string): FactFinding {
  return { rule: { rule, outcome: "drops", words }, reason };
}

function stillPlanned({ message }: GateInput): FactFinding {
  return message.status === "PLANNED"
    ? passed("still-planned", "It is still planned.")
    : drops(
        "still-planned",
        "not-planned",
        `It is not planned any more: ${message.status.toLowerCase()}.`,
      );
}

function notExpired({ message, now }: GateInput): FactFinding {
  return now < message.expiresAt
    ? passed("not-expired", `It makes sense until ${message.expiresAt}.`)
    : drops("not-expired", "expired", `It made sense until ${message.expiresAt} only.`);
}

function beforeTheSession({ message, now }: GateInput): FactFinding {
  if (message.class !== "schedule-notice" || message.aboutAt === undefined) {
    return passed("before-the-session", "It is no notice about a session.");
  }
  return now < message.aboutAt
    ? passed("before-the-session", `The session it is about starts at ${message.aboutAt}.`)
    : drops("before-the-session", "session-started", "The session it is about has started.");
}

const weekAnchors: readonly MessageAnchor[] = [
  "week-opened",
  "session-start",
  "session-booked",
  "session-cancelled",
  "session-held",
  "session-off",
  "session-on",
  "session-moved",
  "session-online",
  "session-on-site",
  "measures-asked",
  "missed-session",
];

function onThePathway(input: GateInput): FactFinding {
  const { episode } = input;
  const rule = "on-the-pathway";
  if (!isPlannedClass(input.message)) return passed(rule, "It answers somebody who wrote to us.");
  if (episode.disposition === "deceased")
    return drops(rule, "deceased", "The participant has died.");
  const anchor = rowOf(input)?.anchor;
  const words = `The episode is: ${statusLabels[episode.status]}.`;
  switch (episode.status) {
    case "withdrawn":
      return drops(rule, "pathway-ended", "The participant has withdrawn.");
    case "declined":
      return anchor === "declined" ? passed(rule, words) : drops(rule, "pathway-ended", words);
    case "closed":
      return anchor === "aftercare-closed"
        ? passed(rule, words)
        : drops(rule, "pathway-ended", words);
    case "discharged":
    case "aftercare":
      return weekAnchors.some((one) => one === anchor)
        ? drops(
            rule,
            "pathway-ended",
            "It belongs to the program, and the participant is discharged.",
          )
        : passed(rule, words);
    default:
      return passed(rule, words);
  }
}

const leaveWithoutMessages = ["hospital", "jail"];

function notOnLeave({ episode, message }: GateInput): FactFinding {
  const kind = episode.hold?.kind;
  if (kind === undefined) return passed("not-on-leave", "The participant is not on leave.");
  if (!isPlannedClass(message))
    return passed("not-on-leave", "It answers somebody who wrote to us.");
  return leaveWithoutMessages.includes(kind)
    ? drops(
        "not-on-leave",
        "on-leave",
        "The participant is where no automated message should reach: staff keep contact.",
      )
    : passed("not-on-leave", "The kind of leave allows messages.");
}

function consented(input: GateInput): FactFinding {
  const { episode, message } = input;
  if (!isPlannedClass(message)) return passed("consent", "It answers somebody who wrote to us.");
  const anchor = rowOf(input)?.anchor;
  const isFollowUp =
    anchor === "check-in-opened" || anchor === "aftercare-closed" || episode.status === "aftercare";
  const channel = message.channel === "sms" ? "texts" : "emails";
  const purpose = isFollowUp ? "follow-up after the program" : "the program";
  return isConsented(episode, message.channel, isFollowUp ? "aftercare" : "program")
    ? passed("consent", `The participant agreed to ${channel} for ${purpose}.`)
    : drops(
        "consent",
        "no-consent",
        `There is no live consent of the participant's own to ${channel} for ${purpose}.`,
      );
}

function sameContact({ episode, message }: GateInput): FactFinding {
  if (!isPlannedClass(message))
    return passed("same-contact", "It goes back to where it came from.");
  return episode.reach[message.channel]?.contactPointId === message.contactPointId
    ? passed("same-contact", "The participant is still reached there.")
    : drops("same-contact", "contact-changed", "The participant is not reached there any more.");
}

const closedWords = {
  "opted-out": "Whoever has this number or address asked for no more messages.",
  "wrong-number": "The number or address belongs to somebody else.",
  failed: "Messages to this number or address came back.",
} as const;

function contactOpen({ contactPoint, message, now }: GateInput): FactFinding {
  const rule = "contact-open";
  if (contactPoint === undefined)
    return drops(rule, "contact-closed", "The number or address has no record.");
  const { state, optOut } = contactPoint;
  if (state === "open") return passed(rule, "The number or address is open.");
  const isConfirmation =
    message.templateId === stopConfirmationTemplate && message.class === "reply";
  if (
    isConfirmation &&
    optOut !== undefined &&
    now < addMinutes(optOut.at, stopConfirmationMinutes)
  ) {
    return passed(rule, "One confirmation of a stop may go within five minutes.");
  }
  return drops(rule, "contact-closed", closedWords[state]);
}

function ownPhone(input: GateInput): FactFinding {
  const row = rowOf(input);
  const point = input.episode.reach[input.message.channel];
  if (
    row === undefined ||
    point === undefined ||
    isOwnershipFine(row, input.message.channel, point)
  ) {
    return passed("own-phone", "Nothing in it is kept from others who use this phone.");
  }
  return drops(
    "own-phone",
    "phone-not-own",
    "Others read this phone: no text about a missed session.",
  );
}

/** Rules about what is so, in the order in which they are told. */
export const factRules: readonly FactRule[] = [
  stillPlanned,
  notExpired,
  beforeTheSession,
  onThePathway,
  notOnLeave,
  consented,
  sameContact,
  contactOpen,
  ownPhone,
];

/** Rounds of asking every rule for its next instant; real plans settle in two or three. */
const maxRounds = 100;
/** Held messages that open with a window leave within this many minutes of it. */
const spreadMinutes = 15;

/**
 * Decides about one message: send it now, hold it until an instant, or drop it for good. Pure. Applies
 * every rule and lists all of them, so that the list is the explanation people are shown.
 *
 * A held message's instant is later than now, allowed by every rule as things stand, and earlier than
 * the message's expiry: asked again and again with time moving on, the gate ends in send or drop.
 */
export function decideSend(input: GateInput): SendDecision {
  const facts = factRules.map((rule) => rule(input));
  const firstAllowed = firstAllowedInstant(input);
  const times = timeRules.map((rule) => timeFinding(rule, input));
  const rules: GateRule[] = [...facts.map((finding) => finding.rule), ...times];
  const reason = firstReason(facts);
  if (reason !== undefined) return { action: "drop", reason, rules };
  if (firstAllowed === undefined) {
    const words = "No hour that is left suits all of these rules at once.";
    return { action: "drop", reason: "no-allowed-hour", rules: [...rules, neverInTime(words)] };
  }
  if (firstAllowed === input.now) return { action: "send", rules };
  if (firstAllowed >= input.message.expiresAt) {
    const words = `It may go at ${firstAllowed} at the earliest, and makes sense until ${input.message.expiresAt} only.`;
    const reason = isHeldByNumber(input) ? "number-full" : "expires-before-it-may-go";
    return { action: "drop", reason, rules: [...rules, neverInTime(words)] };
  }
  return { action: "hold", until: spreadOut(input, firstAllowed), rules };
}

function neverInTime(words: string): GateRule {
  return { rule: "in-time", outcome: "drops", words };
}

function firstReason(facts: readonly FactFinding[]): DropReason | undefined {
  return facts.find((finding) => finding.reason !== undefined)?.reason;
}

function timeFinding(rule: TimeRule, input: GateInput): GateRule {
  const next = rule.next(input, input.now);
  if (next === input.now)
    return { rule: rule.rule, outcome: "passed", words: rule.passedWords(input) };
  if (next === undefined)
    return { rule: rule.rule, outcome: "drops", words: rule.heldWords(input) };
  return { rule: rule.rule, outcome: "holds", words: rule.heldWords(input), until: next };
}

/** The first instant that every rule about time allows at once; `undefined` for never. */
function firstAllowedInstant(
  input: GateInput,
  asked: readonly TimeRule[] = timeRules,
): string | undefined {
  let at = input.now;
  for (let round = 0; round < maxRounds; round += 1) {
    const before = at;
    for (const rule of asked) {
      const next = rule.next(input, at);
      if (next === undefined) return undefined;
      at = next;
    }
    if (at === before) return at;
  }
  return undefined;
}

/** True where the message would still go in time, had its number not had all that it may get. */
function isHeldByNumber(input: GateInput): boolean {
  const others = timeRules.filter((rule) => !numberRules.includes(rule));
  const at = firstAllowedInstant(input, others);
  return at !== undefined && at < input.message.expiresAt;
}

/** The participant's own place after an instant, as long as it stays allowed and in time. */
function spreadOut(input: GateInput, from: string): string {
  if (from === input.message.sendAt) return from;
  const minutes = spread(`${input.episode.participantId}#${input.message.step}`, spreadMinutes);
  const later = toInstant(Date.parse(from) + minutes * 60_000);
  const isAllowed = timeRules.every((rule) => rule.next(input, later) === later);
  return isAllowed && later < input.message.expiresAt ? later : from;
}
