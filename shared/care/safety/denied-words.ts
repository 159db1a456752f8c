import type { CrisisRule } from "../program/policy.ts";

export const denyingLists = ["denials", "denialEnds", "negations", "negationEnds"] as const;
/** The words of the rule's own language: "he" ends a negation in English and is "I have" in Spanish. */
export type DenyingWords = Readonly<
  Record<(typeof denyingLists)[number] | "deniedWith", ReadonlySet<string>>
>;
type Deniable = {
  readonly of: { readonly rule: CrisisRule; readonly denying: DenyingWords };
  /** Negations that the pattern itself names: they are part of what it finds. */
  readonly ownNegations: ReadonlySet<string>;
};

/** Words between a plain negation and what it denies: "I am not going to hurt myself". */
const negationReachesWords = 5;
/** Characters before a finding in which its sentence is looked for: no text makes the search longer. */
const longestSentence = 1000;
/** Words after a finding in which a denial stands: "Suicidal ideation: denied". */
const findingReachesWords = 2;
const findingsAbsent = new Set(["none", "no", "absent", "negative"]);

/**
 * Whether what was found is denied: by a plain negation shortly before it in the same clause ("not going to
 * …"), by a clinical denial anywhere before it in the sentence ("denies SI, HI"), or after a finding.
 */
export function isNegated(
  { of: { rule, denying }, ownNegations }: Deniable,
  {
    words,
    index,
    found,
  }: { readonly words: string; readonly index: number; readonly found: string },
): boolean {
  if (rule.holdsNegation === true) return false;
  const isOwn = (word: string) => ownNegations.has(word);
  if (
    found
      .trim()
      .split(" ")
      .slice(1)
      .some((word) => denying.negations.has(word) && !isOwn(word))
  )
    return true;
  const before =
    `${words.slice(Math.max(0, index - longestSentence), index)} `
      .split(" . ")
      .at(-1)
      ?.trim()
      .split(" ")
      .toReversed() ?? [];
  if (isAfterNegation(denying, before)) return true;
  // "denies intent, endorses SI": what begins with a word that ends a denial is not in its list.
  const [first = ""] = found.trim().split(" ");
  if (!denying.denialEnds.has(first) && isAfterDenial(denying, rule, before)) return true;
  if (rule.isClinical !== true) return false;
  const [after = ""] = words.slice(index + found.length).split(/ [.,] /);
  const near = after.trim().split(" ").slice(0, findingReachesWords);
  return near.some((word) => denying.denials.has(word) || findingsAbsent.has(word));
}

/** @param before - the words of the sentence before what was found, the last one first */
function isAfterNegation(denying: DenyingWords, before: readonly string[]): boolean {
  for (const word of before.slice(0, negationReachesWords)) {
    if (word === "," || denying.negationEnds.has(word)) return false;
    if (denying.negations.has(word)) return true;
  }
  return false;
}

function isAfterDenial(
  denying: DenyingWords,
  rule: CrisisRule,
  before: readonly string[],
): boolean {
  for (const word of before) {
    // A list of findings goes on after a comma; "denies drinking, took pills" does not.
    if ((word === "," && rule.isClinical !== true) || denying.denialEnds.has(word)) return false;
    if (denying.denials.has(word)) return true;
  }
  return false;
}
