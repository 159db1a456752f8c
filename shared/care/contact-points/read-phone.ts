import { ParseError, parsePhoneNumberWithError } from "libphonenumber-js/min";
import { ownValue } from "../text/own-value.ts";

/** Why a text is no phone number that can be called: one word for each sentence that is said about it. */
export type PhoneProblem =
  | "no-number"
  | "wrong-length"
  | "extension"
  | "unknown-country"
  | "impossible";

export type PhoneReading =
  | { readonly phone: string; readonly problem?: undefined }
  | { readonly phone?: undefined; readonly problem: Exclude<PhoneProblem, "extension"> }
  /** `extension`: its digits. */
  | { readonly phone?: undefined; readonly problem: "extension"; readonly extension: string };

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
  const written = visible.replace(/^tel:\s*/i, "").replace(/^00\s*(?=[1-9])/, "+");
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

function judge(read: ReturnType<typeof parsePhoneNumberWithError>): PhoneReading {
  if (read.ext !== undefined) return { problem: "extension", extension: read.ext };
  if (!read.isPossible()) return { problem: "wrong-length" };
  const isImpossible = read.countryCallingCode === "1" && !northAmerican.test(read.nationalNumber);
  return isImpossible ? { problem: "impossible" } : { phone: read.number };
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
};

/**
 * The text without characters that have no shape: marks of direction (U+202A to U+202E, U+2066 to U+2069), blanks and
 * joiners of no width (U+200B, U+FEFF), soft hyphens. Address books and chats paste them around numbers and
 * addresses; there they mean nothing. Not for words, where some scripts need joiners.
 */
export function withoutInvisibleMarks(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, "");
}
