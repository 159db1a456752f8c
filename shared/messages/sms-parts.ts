import { SegmentedMessage } from "sms-segments-calculator";

export type SmsParts = {
  readonly encoding: "gsm-7" | "ucs-2";
  readonly parts: number;
  /** Characters that force UCS-2, each once. */
  readonly foreign: readonly string[];
};

const counted = new Map<string, SmsParts>();
const maxCounted = 2_000;

/**
 * How a text is split on its way: 160 septets or 70 UTF-16 units in one part, 153 or 67 in each of several. For what
 * checks and counts texts; no function needs it. Counting takes milliseconds and the same templates are checked again
 * and again, so each text is counted once.
 */
export function countSmsParts(text: string): SmsParts {
  const known = counted.get(text);
  if (known !== undefined) return known;
  if (counted.size >= maxCounted) counted.clear();
  const parts = count(text);
  counted.set(text, parts);
  return parts;
}

/** One septet each (3GPP TS 23.038, 6.2.1): most texts hold nothing else, and need not be taken apart to be counted. */
const plainText = /^[\n !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z¡£¿ÑÜñüéèàùòì]{0,160}$/;

function count(text: string): SmsParts {
  if (plainText.test(text)) return { encoding: "gsm-7", parts: 1, foreign: [] };
  const message = new SegmentedMessage(text);
  return {
    encoding: message.encodingName === "GSM-7" ? "gsm-7" : "ucs-2",
    parts: message.segmentsCount,
    foreign: [...new Set(message.getNonGsmCharacters())],
  };
}
