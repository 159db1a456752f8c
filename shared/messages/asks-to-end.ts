import type { OptOutWords, Policy } from "../care/program/policy.ts";
import { readWords, type Vocabulary } from "../care/safety/read-words.ts";
import {
  type Feature,
  featuresOf,
  type Lexicon,
  lexiconOf,
  saidIn,
  weigh,
} from "../care/safety/weigh-words.ts";
import { compilePattern, wordsNamed, wordsOf } from "../care/safety/word-pattern.ts";
import { normaliseText } from "../care/text/normalise-text.ts";

type Ready = {
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly passedOver: readonly RegExp[];
  readonly patterns: readonly RegExp[];
};

const known = new WeakMap<NonNullable<Policy["optOutWords"]>, Ready>();

/** Log odds that unknown words have to add by their letters to what any text has. */
const leastSaid = 0.5;
/** Weights of words and kinds of words, and not of letters in them. */
const ofWords = /^(?:w|k|n|p|kk):/;

/**
 * Whether a text asks in its writer's own words for no more messages (any reasonable way counts, 47 CFR
 * 64.1200(a)(10)): its words speak clearly for that, or a pattern matches and they do not speak against it. A
 * sentence that only holds "stop" asks for something else: it goes to a person with its words.
 * @param options.isByPatternOnly - true where something else would be asked for as well, and a pattern has to say so
 * @returns "surely" where pattern and words agree; "perhaps" where one of them alone says so: messages end, and a
 *   person reads the words; nothing where it asks for no end
 */
export function asksToEnd(
  { optOutWords, optOutWeights }: Pick<Policy, "optOutWords" | "optOutWeights">,
  text: string,
  { isByPatternOnly = false } = {},
): "surely" | "perhaps" | undefined {
  // A policy that was published before it could name them has only the keywords.
  if (optOutWords === undefined) return undefined;
  const ready = readyOf(optOutWords);
  const read = readWords(text, ready.vocabulary);
  let words = read;
  for (const idiom of ready.passedOver) words = words.replaceAll(idiom, " ~");
  const isMatched = ready.patterns.some((pattern) => words.search(pattern) >= 0);
  if (optOutWeights === undefined) return isMatched ? "surely" : undefined;
  const { sum, reasons } = weigh(optOutWeights, featuresOfOptOut(optOutWords, text));
  // Where no word is known, as in another alphabet or in "ugh", the words speak for nothing.
  const isKnown =
    sum - optOutWeights.base >= leastSaid || reasons.some(({ name }) => ofWords.test(name));
  const isClear = sum >= optOutWeights.endAt && isKnown;
  if (isMatched && isClear) return "surely";
  // Where something that only sounds like it was passed over, a pattern has to find the wish in what is left.
  const isByWeight = isClear && !isByPatternOnly && words === read;
  const isOne = isByWeight || (isMatched && sum > optOutWeights.doubtAt);
  return isOne ? "perhaps" : undefined;
}

/** What a text holds that speaks for or against such a wish. */
export function featuresOfOptOut(
  optOutWords: NonNullable<Policy["optOutWords"]>,
  text: string,
): readonly Feature[] {
  return featuresOf(readyOf(optOutWords).lexicon, saidIn(` ${normaliseText(text)} `), []);
}

function readyOf(optOutWords: NonNullable<Policy["optOutWords"]>): Ready {
  const before = known.get(optOutWords);
  if (before !== undefined) return before;
  const languages = Object.values(optOutWords);
  const ready = {
    lexicon: lexiconOf([], optOutWords),
    vocabulary: {
      languages: languages.map((language) => new Set(namedIn(language))),
      known: new Set<string>(),
      spanishBySound: new Map<string, string>(),
      nearly: [],
      ordinary: new Set<string>(),
      byLetters: new Map<string, readonly string[]>(),
    },
    passedOver: languages.flatMap(({ classes, notOptOut }) => compileAll(notOptOut, classes)),
    patterns: languages.flatMap(({ classes, patterns }) => compileAll(patterns, classes)),
  };
  known.set(optOutWords, ready);
  return ready;
}

function namedIn({ classes, notOptOut, patterns }: OptOutWords): readonly string[] {
  return [...Object.values(classes).flatMap(wordsOf), ...notOptOut, ...patterns].flatMap(
    wordsNamed,
  );
}

function compileAll(patterns: readonly string[], classes: OptOutWords["classes"]): RegExp[] {
  return patterns.map((pattern) => {
    const { source, problem } = compilePattern(pattern, classes);
    // Published policies have been checked: what cannot be matched is not one of them.
    if (source === undefined) throw new TypeError(problem);
    return new RegExp(source, "gu");
  });
}
