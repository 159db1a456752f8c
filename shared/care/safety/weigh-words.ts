import type { CrisisRule, CrisisWords, Policy } from "../program/policy.ts";
import { normaliseText } from "../text/normalise-text.ts";
import { wordsNamed, wordsOf } from "./word-pattern.ts";

export type Signs = NonNullable<Policy["signs"]>;
export type SpeaksFor = "danger" | "nothing ordinary" | "ordinary";
type Weighing = {
  /** The kinds by a word or phrase, as places among `kinds`. */
  readonly whole: ReadonlyMap<string, readonly number[]>;
  /** Beginnings of words, as `suicid*`. */
  readonly begun: ReadonlyMap<string, readonly number[]>;
};

/** A third word of one kind says nothing new. */
const mostCounted = 2;
const longestPhraseWords = 4;
const shortestBeginning = 2;
/** Fewer words than this say nothing that could be placed: "ok", "on it". */
const fewestWords = 3;

/** Words that people put anywhere and that say nothing. */
const filler = new Set(
  "please pls plz um uh umm hmm lol lmao omg tbh ngl honestly literally basically like just really so well ok okay hey hi hello favor".split(
    " ",
  ),
);

const known = new WeakMap<Signs, Weighing>();

/**
 * Adds up what the words of a text speak for, by kind: for danger, or for what people write about every day.
 * @param words - the text as `readWords` gives it
 * @param ruled - points of the rules that matched and decide nothing by themselves
 * @returns what the text speaks for, and which sign of danger weighs most in it
 */
export function weighSigns(
  signs: Signs,
  words: string,
  ruled: number,
): { readonly speaksFor: SpeaksFor; readonly heaviest: string } {
  const said = words.split(" ").filter((word) => /[\p{L}\p{N}]/u.test(word));
  const counts = countsOf(signs, said);
  const sum = signs.kinds.reduce(
    (all, { points }, kind) => all + points * (counts[kind] ?? 0),
    signs.base + ruled,
  );
  const heaviest = signs.kinds.reduce(
    (best, { sign, points }, kind) => {
      const weight = points * (counts[kind] ?? 0);
      return weight > best.weight ? { sign, weight } : best;
    },
    { sign: "unnamed", weight: 0 },
  ).sign;
  if (sum >= signs.readAt) return { speaksFor: "danger", heaviest };
  const isAboutOrdinary = signs.kinds.some(
    ({ points }, kind) => points < 0 && (counts[kind] ?? 0) > 0,
  );
  const isPlaced = isAboutOrdinary || said.length < fewestWords;
  const speaksFor = sum >= signs.soonAt || !isPlaced ? "nothing ordinary" : "ordinary";
  return { speaksFor, heaviest };
}

/** Words as `readWords` gives them, without those that say nothing. */
export function withoutFiller(words: string): string {
  return words
    .split(" ")
    .filter((word) => !filler.has(word))
    .join(" ");
}

/** True where a sentence holds any sign of danger. */
export function holdsSign(signs: Signs, words: string): boolean {
  const counts = countsOf(signs, words.split(" "));
  return signs.kinds.some(({ points }, kind) => points > 0 && (counts[kind] ?? 0) > 0);
}

/** How many different words or phrases of each kind were said, up to `mostCounted`. */
function countsOf(signs: Signs, said: readonly string[]): readonly number[] {
  const { whole, begun } = weighingOf(signs);
  const counts = signs.kinds.map(() => 0);
  const count = (kinds: readonly number[] | undefined) => {
    for (const kind of kinds ?? []) counts[kind] = Math.min(mostCounted, (counts[kind] ?? 0) + 1);
  };
  for (const phrase of phrasesOf(said)) count(whole.get(phrase));
  for (const word of new Set(said))
    for (let length = shortestBeginning; length <= word.length; length += 1)
      count(begun.get(word.slice(0, length)));
  return counts;
}

function phrasesOf(said: readonly string[]): ReadonlySet<string> {
  const phrases = new Set<string>();
  for (const start of said.keys())
    for (let words = 1; words <= longestPhraseWords; words += 1)
      phrases.add(said.slice(start, start + words).join(" "));
  return phrases;
}

/** The words that signs name, and beginnings of words as `schedul*`: none of them is misspelt. */
export function ordinaryWords(signs: Signs | undefined): readonly string[] {
  return (signs?.kinds ?? []).flatMap(({ words }) =>
    wordsOf(words).flatMap((word) => {
      const parts = normaliseText(word.replace("*", "").replaceAll("_", " ")).split(" ");
      return word.endsWith("*") ? parts.map((part) => `${part}*`) : parts;
    }),
  );
}

function weighingOf(signs: Signs): Weighing {
  const before = known.get(signs);
  if (before !== undefined) return before;
  const whole = new Map<string, number[]>();
  const begun = new Map<string, number[]>();
  for (const [kind, { words }] of signs.kinds.entries())
    for (const word of new Set(wordsOf(words))) {
      const isBeginning = word.endsWith("*");
      const normal = normaliseText(word.replace("*", "").replaceAll("_", " "));
      const map = isBeginning ? begun : whole;
      map.set(normal, [...(map.get(normal) ?? []), kind]);
    }
  const weighing = { whole, begun };
  known.set(signs, weighing);
  return weighing;
}

export const denyingLists = ["denials", "denialEnds", "negations", "negationEnds"] as const;
/** The words of the rule's own language: "he" ends a negation in English and is "I have" in Spanish. */
export type DenyingWords = Readonly<Record<(typeof denyingLists)[number], ReadonlySet<string>>>;
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

/** The words by which one language denies, as sets. */
export function denyingWords(words: CrisisWords): DenyingWords {
  const set = (name: (typeof denyingLists)[number]) =>
    new Set(wordsOf(words[name]).flatMap(wordsNamed));
  return {
    denials: set("denials"),
    denialEnds: set("denialEnds"),
    negations: set("negations"),
    negationEnds: set("negationEnds"),
  };
}

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
  if (isAfterNegation(denying, before) || isAfterDenial(denying, rule, before)) return true;
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
