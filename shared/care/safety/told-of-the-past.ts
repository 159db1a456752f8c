import type { CrisisRule } from "../program/policy.ts";

/** Ends the code of danger that is told of a time long gone: a clinician reads it, and nobody is rung. */
export const pastRuleId = "told-of-the-past";

export type PastWords = {
  readonly marks: readonly RegExp[];
  /** What speaks of today, anywhere in the text: whatever it says of the past, it is as urgent as any other. */
  readonly present: readonly RegExp[];
  /** Words at which a clause ends besides its punctuation. */
  readonly ends: ReadonlySet<string>;
  /** Every word that the lists name: none is misspelt. */
  readonly named: readonly string[];
};

/** What follows danger and says when it was stands so near: "tried to kill myself in 2015". */
const markReachesWords = 5;
/** Characters on either side of a finding in which its clause is looked for. */
const longestClause = 400;

/**
 * Whether what was found is told of a time long gone ("I used to think about suicide", "hx of SI", "attempted in
 * 2015"): its own clause says so, and nothing in the text speaks of today. Of that which is only half sure, it is not.
 * @param place.words - the text as `readWords` gives it
 */
export function isToldOfThePast(
  past: PastWords,
  rule: CrisisRule,
  place: { readonly words: string; readonly index: number; readonly found: string },
): boolean {
  if (past.marks.length === 0) return false;
  const { words, index, found } = place;
  // A list of findings goes on after a comma: "hx of SI, SA x2".
  const isEnd = (word: string) =>
    word === "." || past.ends.has(word) || (word === "," && rule.isClinical !== true);
  const before = words
    .slice(Math.max(0, index - longestClause), index)
    .split(" ")
    .toReversed();
  const after = words
    .slice(index + found.length, index + found.length + longestClause)
    .split(" ")
    .filter((word) => word !== "");
  const clause = [
    "",
    ...until(before, isEnd).toReversed(),
    found.trim(),
    ...until(after, (word) => isEnd(word) || word === ",").slice(0, markReachesWords),
    "",
  ].join(" ");
  if (!past.marks.some((mark) => mark.test(clause.replaceAll(/ +/g, " ")))) return false;
  return !past.present.some((mark) => mark.test(words));
}

function until(words: readonly string[], isEnd: (word: string) => boolean): readonly string[] {
  const end = words.findIndex(isEnd);
  return end === -1 ? words : words.slice(0, end);
}
