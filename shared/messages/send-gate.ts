import type { GateRule } from "../care/episode/message.ts";
import { toInstant } from "../care/time/instants.ts";
import { spread } from "../care/time/spread.ts";
import { type FactFinding, factRules } from "./gate-facts.ts";
import type { DropReason, GateInput, SendDecision, TimeRule } from "./gate-input.ts";
import { timeRules } from "./gate-times.ts";
import { numberRules } from "./number-caps.ts";

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
