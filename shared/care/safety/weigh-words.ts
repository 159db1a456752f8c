import type { CrisisWords, LearnedWeights, Policy } from "../program/policy.ts";
import { normaliseText } from "../text/normalise-text.ts";
import { wordsOf } from "./word-pattern.ts";

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
  "please pls plz um uh umm hmm lol lmao omg tbh ngl honestly literally basically like just really so ok okay hey hi hello favor".split(
    " ",
  ),
);

const weighings = new WeakMap<Signs, Weighing>();

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

/** Words as `readWords` gives them, without those that say nothing; "hi" greets where a text begins, and is a finding elsewhere. */
export function withoutFiller(words: string): string {
  return words
    .trim()
    .split(" ")
    .filter((word, place) => (word === "hi" ? place > 0 : !filler.has(word)))
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
  const before = weighings.get(signs);
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
  weighings.set(signs, weighing);
  return weighing;
}

/** What kinds of words a policy knows: the lists of its signs, and the classes that its rules name. */
export type Lexicon = {
  readonly whole: ReadonlyMap<string, readonly string[]>;
  /** Beginnings of words, as `suicid*`. */
  readonly begun: ReadonlyMap<string, readonly string[]>;
};
/** A word or phrase of a kind: where it begins among the words of a text, and where it ends. */
type Named = { readonly from: number; readonly to: number; readonly kind: string };
/** What weights are given to, and the words it speaks of: from one place up to another. */
export type Feature = { readonly name: string; readonly from: number; readonly to: number };

/** Words between two kinds that belong together: "took nearly all the pills". */
const kindsReachWords = 2;
const lettersFrom = 2;
const lettersTo = 4;
/** Kinds of words that say nothing of themselves; their lists keep words from being taken for misspelt ones. */
const sayNothing = new Set(["plain"]);

/** The lexicon of some signs and of the classes that rules name. */
export function lexiconOf(
  kinds: Signs["kinds"],
  languages: Readonly<Record<string, Pick<CrisisWords, "classes">>>,
): Lexicon {
  const whole = new Map<string, string[]>();
  const begun = new Map<string, string[]>();
  const file = (kind: string, words: string) => {
    for (const word of new Set(wordsOf(words))) {
      const normal = normaliseText(word.replace("*", "").replaceAll("_", " "));
      const map = word.endsWith("*") ? begun : whole;
      map.set(normal, [...(map.get(normal) ?? []), kind]);
    }
  };
  for (const { sign, words } of kinds) if (!sayNothing.has(sign)) file(sign, words);
  for (const [language, { classes }] of Object.entries(languages))
    for (const [name, words] of Object.entries(classes)) file(`${language}.${name}`, words);
  return { whole, begun };
}

/** The words of a text as `readWords` gives it, without punctuation; numbers are alike, `~` is an idiom passed over. */
export function saidIn(words: string): readonly string[] {
  return words
    .split(" ")
    .filter((word) => /[\p{L}\p{N}~]/u.test(word))
    .map((word) => word.replaceAll(/\p{N}+/gu, "0"));
}

/**
 * What a text holds that a weight may stand for: words, two and three of them in a row or around another, letters
 * within words (so that forms and slips are known by their parts), kinds of words by themselves, beside a word and
 * near one another ("took" near "pills", whatever the drug), and the rules that matched.
 */
export function featuresOf(
  lexicon: Lexicon,
  said: readonly string[],
  rules: Iterable<string>,
): readonly Feature[] {
  const features = new Map<string, Feature>();
  const add = (name: string, from: number, to: number) => {
    if (!features.has(name)) features.set(name, { name, from, to });
  };
  const at = (place: number) => {
    if (place < 0) return "^";
    return said[place] ?? "$";
  };
  for (const [place, word] of said.entries()) {
    add(`w:${word}`, place, place + 1);
    const edged = `<${word}>`;
    for (let length = lettersFrom; length <= lettersTo; length += 1)
      for (let start = 0; start + length <= edged.length; start += 1)
        add(`c:${edged.slice(start, start + length)}`, place, place + 1);
  }
  for (let place = -1; place < said.length; place += 1) {
    add(`b:${at(place)}_${at(place + 1)}`, Math.max(0, place), place + 2);
    if (place + 2 > said.length) continue;
    add(`s:${at(place)}_${at(place + 2)}`, Math.max(0, place), place + 3);
    add(`t:${at(place)}_${at(place + 1)}_${at(place + 2)}`, Math.max(0, place), place + 3);
  }
  const named = namedIn(lexicon, said);
  for (const { from, to, kind } of named) {
    add(`k:${kind}`, from, to);
    add(`n:${kind}_${at(to)}`, from, to + 1);
    add(`p:${at(from - 1)}_${kind}`, Math.max(0, from - 1), to);
    for (const other of named)
      if (other.from >= to && other.from <= to + kindsReachWords)
        add(`kk:${kind}_${other.kind}`, from, other.to);
  }
  for (const rule of rules) add(`r:${rule}`, 0, 0);
  return [...features.values()];
}

function namedIn({ whole, begun }: Lexicon, said: readonly string[]): readonly Named[] {
  const named: Named[] = [];
  for (const [from, word] of said.entries()) {
    for (let words = 1; words <= longestPhraseWords && from + words <= said.length; words += 1)
      for (const kind of whole.get(said.slice(from, from + words).join(" ")) ?? [])
        named.push({ from, to: from + words, kind });
    for (let length = shortestBeginning; length <= word.length; length += 1)
      for (const kind of begun.get(word.slice(0, length)) ?? [])
        named.push({ from, to: from + 1, kind });
  }
  return named;
}

/** A weight is kept as a whole number: so many of it are one. */
export const partsOfOne = 24;
/** Long texts hold more of everything: what they add up to is divided by the root of how much was known in them. */
const shortTextFeatures = 16;

const weightsByPolicy = new WeakMap<LearnedWeights, ReadonlyMap<string, number>>();

/** The weights of a policy by feature: worked out once. */
export function weightsOf(learned: LearnedWeights): ReadonlyMap<string, number> {
  const before = weightsByPolicy.get(learned);
  if (before !== undefined) return before;
  const weights = new Map<string, number>();
  for (const { points, of } of learned.weights)
    for (const name of of.split(" ")) if (name !== "") weights.set(name, points / partsOfOne);
  weightsByPolicy.set(learned, weights);
  return weights;
}

/** What a known feature counts in a text that holds so many of them. */
export function shareOf(knownFeatures: number): number {
  return Math.sqrt(shortTextFeatures / Math.max(shortTextFeatures, knownFeatures));
}

export type Weight = {
  /** Log odds that the text speaks of danger, as far as its words tell. */
  readonly sum: number;
  /** What speaks for danger most, the heaviest first. */
  readonly reasons: readonly (Feature & { readonly points: number })[];
};

/** Adds up the weights of what a text holds. */
export function weigh(learned: LearnedWeights, features: readonly Feature[]): Weight {
  const weights = weightsOf(learned);
  const held = features.flatMap((feature) => {
    const points = weights.get(feature.name);
    return points === undefined ? [] : [{ ...feature, points }];
  });
  const share = shareOf(held.length);
  return {
    sum: held.reduce((sum, { points }) => sum + points * share, learned.base),
    reasons: held
      .filter(({ points }) => points > 0)
      .toSorted((left, right) => right.points - left.points),
  };
}
