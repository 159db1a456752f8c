import { ParseError, parsePhoneNumberWithError } from "libphonenumber-js/min";
import * as z from "zod";
import { type PhoneKind, phoneKind } from "../episode/episode.ts";
import { type Channel, channels } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { auditChain, count, instant, type Stored } from "../stored/fields.ts";
import { ownValue } from "../text/own-value.ts";

export const contactPointStates = ["open", "opted-out", "wrong-number", "failed"] as const;
/** Whether the address may be written to; one attribute, so that a claim can be conditioned on it. */
export type ContactPointState = (typeof contactPointStates)[number];

/**
 * A phone number or address, whoever shares it. Its id is a keyed hash; the address itself lives in
 * `identity`. Its own aggregate: one STOP is one commit, effective at once for all who share it.
 */
export const contactPointSchema = z.object({
  kind: z.literal("contact-point"),
  contactPointId: z.string(),
  channel: z.enum(channels),
  ownership: phoneKind,
  state: z.enum(contactPointStates),
  optOut: z.exactOptional(z.object({ at: instant, how: z.string() })),
  hardFailedAt: z.exactOptional(instant),
  failure: z.exactOptional(z.string()),
  wrongNumberAt: z.exactOptional(instant),
  verifiedAt: z.exactOptional(instant),
  version: count,
  audit: auditChain,
  /** The last command ids that took effect. */
  recentCommands: z.array(z.string()),
});
export type ContactPoint = Stored<typeof contactPointSchema>;

/** An address that nobody has said anything about yet. Version 0: its first commit makes it 1. */
export function newContactPoint(input: {
  readonly contactPointId: string;
  readonly channel: Channel;
  readonly ownership?: PhoneKind;
  readonly verifiedAt?: string;
}): ContactPoint {
  return {
    kind: "contact-point",
    contactPointId: input.contactPointId,
    channel: input.channel,
    ownership: input.ownership ?? "own",
    state: "open",
    version: 0,
    audit: { sequence: 0, hash: "" },
    recentCommands: [],
    ...(input.verifiedAt === undefined ? {} : { verifiedAt: input.verifiedAt }),
  };
}

/** The state that follows from what is known; the participant's own word counts most. */
export function stateOf(point: Omit<ContactPoint, "state">): ContactPointState {
  if (point.optOut !== undefined) return "opted-out";
  if (point.wrongNumberAt !== undefined) return "wrong-number";
  return point.hardFailedAt === undefined ? "open" : "failed";
}

/**
 * True for a number that a site calls, texts or answers from. A participant cannot have it: our texts would come back
 * to us as if somebody had written them.
 * @param phone - E.164
 */
export function isOwnNumber(
  sites: readonly Pick<Site, "phone" | "senders">[],
  phone: string,
): boolean {
  return sites.some(
    (site) =>
      site.phone === phone || site.senders.sms === phone || site.senders.staffPages === phone,
  );
}

/** Why a text is no phone number that can be called: one word for each sentence that is said about it. */
export type PhoneProblem =
  | "no-number"
  | "wrong-length"
  | "extension"
  | "unknown-country"
  | "impossible"
  | "nobodys";

export type PhoneReading =
  | { readonly phone: string; readonly problem?: undefined }
  | { readonly phone?: undefined; readonly problem: Exclude<PhoneProblem, "extension"> }
  /** `extension`: its digits. */
  | { readonly phone?: undefined; readonly problem: "extension"; readonly extension: string };

/** What people and address books put before or behind a number, and that says no more than which phone it is. */
const labelled =
  /^<?(?:(?:tel|callto|sms|phone|ph|cell|mobile|mob|home|whatsapp|p|m|h|c|t|cel|celular|m[oó]vil|tel[eé]fono|casa)\b[.:]?\s*)?(.*?)[\s,]*(?:\((?:cell|mobile|home|h|m|c|cel|celular|m[oó]vil|casa)\))?>?$/iu;

/** Nothing that is a phone number is longer, however it is spaced. */
const maxLength = 60;

/**
 * The North American Numbering Plan: an area code and an office code, each from 200 on, never N11 (those are
 * services such as 911); no area code has 9 in its middle (kept for longer numbers). Source: ATIS-0300055 (area codes)
 * and ATIS-0300051 (office codes) of the Industry Numbering Committee.
 *
 * It asks what the plan makes possible, not what is handed out today: new area codes open every year, and somebody
 * who has one must not be turned away because our list is older. For the same reason numbers kept for fiction
 * (555-0100 to 555-0199) are numbers like any other here.
 */
const northAmerican = /^(?!.11)[2-9][0-8]\d(?!.11)[2-9]\d{6}$/;

/**
 * A phone number as people write or paste it, as E.164, or what is wrong with it. Invisible marks, any dash, brackets
 * and other scripts' digits are read; so are `+44 (0)1632 …` without its trunk zero and `00` or `011` before a
 * country. A number with an extension is refused: neither a text nor an automated call reaches it.
 *
 * @param withoutCountry - what a number without its country is: `us` where a person fills in a page of ours, `refused`
 *   where a program or a file gives it and a guess would be ours
 */
export function readPhone(text: string, withoutCountry: "us" | "refused"): PhoneReading {
  const visible = withoutInvisibleMarks(text).trim();
  if (visible.length > maxLength || /\p{Cc}/u.test(visible)) return { problem: "no-number" };
  // A link as address books copy it, and the international prefix of most countries; no US number begins with 00.
  const written = visible
    .replace(labelled, "$1")
    .replace(/^00\s*(?=[1-9])/, "+")
    // Mexico's mobile numbers had a 1 before them until 2019, and still have it in address books.
    .replace(/^(\+\s*52[\s-]*)1[\s-]*(?=(?:\D*\d){10}\D*$)/, "$1");
  if (withoutCountry === "refused" && !/^[+\uFF0B]/.test(written)) return { problem: "no-number" };
  try {
    return judge(parsePhoneNumberWithError(written, { defaultCountry: "US", extract: false }));
  } catch (error) {
    if (error instanceof ParseError)
      return { problem: ownValue(problemOfReading, error.message) ?? "no-number" };
    throw error;
  }
}

const problemOfReading: Readonly<Record<string, "unknown-country" | "wrong-length">> = {
  INVALID_COUNTRY: "unknown-country",
  TOO_SHORT: "wrong-length",
  TOO_LONG: "wrong-length",
};

/**
 * A phone number that somebody has of their own, read as {@link readPhone} reads it. Toll-free numbers (in the US area
 * codes such as 800 and 888) and premium ones (900) are refused: an organisation answers there, or a machine that takes
 * money, and what is meant for one person would reach whoever does. Which they are is the library's to know.
 */
export function readOwnPhone(text: string, withoutCountry: "us" | "refused"): PhoneReading {
  const reading = readPhone(text, withoutCountry);
  if (reading.phone === undefined) return reading;
  const type = parsePhoneNumberWithError(reading.phone).getType();
  return type === "TOLL_FREE" || type === "PREMIUM_RATE" ? { problem: "nobodys" } : reading;
}

function judge(read: ReturnType<typeof parsePhoneNumberWithError>): PhoneReading {
  if (read.ext !== undefined) return { problem: "extension", extension: read.ext };
  if (!read.isPossible()) return { problem: "wrong-length" };
  const isImpossible = read.countryCallingCode === "1" && !northAmerican.test(read.nationalNumber);
  return isImpossible ? { problem: "impossible" } : { phone: read.number };
}

/** A stored US number as people write it, which `readPhone` reads back; other numbers as they are stored. */
export function phoneLabel(phone: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  return parts === null ? phone : `(${parts[1]}) ${parts[2]}-${parts[3]}`;
}

/** What is wrong with a phone number, for whoever sends or writes data: after the name of the field. */
export const phoneProblemLabel: Readonly<Record<PhoneProblem, string>> = {
  "no-number": "must be a phone number with + and its country code, such as +12125550123",
  "wrong-length":
    "has too few or too many digits: a US number has 10, one from elsewhere begins with + and its country code, such as +12125550123",
  extension: "has an extension, which no text and no automated call reaches: give the number alone",
  "unknown-country": "begins with a country code that does not exist",
  impossible:
    "cannot be a US number: neither its area code nor the three digits after it begin with 0 or 1 or end in 11",
  nobodys:
    "is a toll-free or premium number, which is nobody's own phone: give the number on which the person is reached, or leave it out",
};

/**
 * The text without characters that have no shape: marks of direction (U+202A to U+202E, U+2066 to U+2069), blanks and
 * joiners of no width (U+200B, U+FEFF), soft hyphens. Address books and chats paste them around numbers and
 * addresses; there they mean nothing. Not for words, where some scripts need joiners.
 */
export function withoutInvisibleMarks(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, "");
}
