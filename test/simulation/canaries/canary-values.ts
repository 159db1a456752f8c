/**
 * What only the authenticated pages may show of the person of `liveFully`: who they are, how they are reached,
 * and every word that they, their referrer or staff wrote. Written small, since a log may do so.
 */
export const canaryValues: Readonly<Record<string, readonly string[]>> = {
  "the name": ["amina", "quillfeather"],
  "the birth date": ["1990-05-04"],
  "the phone": ["2125550161", "212-555-0161", "(212) 555-0161"],
  "the address": ["amina.q@example.org"],
  "the referrer": ["noor", "lakeview", "2125550188", "ward 4"],
  "an unknown number": ["5550100177"],
  "the participant's own words": [
    "want to die",
    "my sister",
    "no stairs",
    "a hard week",
    "when do you open",
    "kill myself",
  ],
  "the words of staff": [
    "rang twice",
    "funeral",
    "is back",
    "another town",
    "spoke for a while",
    "plan made",
    "doing well",
    "no more calls",
  ],
};

/** The canaries that a text gives away, each with what it is; empty when it is neutral. */
export function canariesIn(
  text: string,
  values: Readonly<Record<string, readonly string[]>> = canaryValues,
): readonly string[] {
  const small = text.toLowerCase();
  return Object.entries(values).flatMap(([what, words]) =>
    words.filter((word) => small.includes(word)).map((word) => `${what}: ${word}`),
  );
}
