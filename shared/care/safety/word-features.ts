import type { CrisisWords, Policy } from "../program/policy.ts";
import { normaliseText } from "../text/normalise-text.ts";
import { wordsOf } from "./word-pattern.ts";

type Signs = NonNullable<Policy["signs"]>;

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

const longestPhraseWords = 4;
const shortestBeginning = 2;
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
