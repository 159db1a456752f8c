import type { OptOutWords, Policy } from "../care/program/policy.ts";
import { weigh } from "../care/safety/learned-weights.ts";
import { readWords, type Vocabulary } from "../care/safety/read-words.ts";
import {
  type Feature,
  featuresOf,
  type Lexicon,
  lexiconOf,
  saidIn,
} from "../care/safety/word-features.ts";
import { compilePattern, wordsNamed, wordsOf } from "../care/safety/word-pattern.ts";
import { normaliseText } from "../care/text/normalise-text.ts";

type Ready = {
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly passedOver: readonly RegExp[];
  readonly patterns: readonly RegExp[];
};

const known = new WeakMap<NonNullable<Policy["optOutWords"]>, Ready>();

/**
 * True where a text asks in its writer's own words for no more messages (any reasonable way counts, 47 CFR
 * 64.1200(a)(10)): its words speak clearly for that, or a pattern matches and they do not speak against it. A
 * sentence that only holds "stop" asks for something else: it goes to a person with its words.
 * @param options.isByPatternOnly - true where something else would be asked for as well, and a pattern has to say so
 */
export function asksToEnd(
  { optOutWords, optOutWeights }: Pick<Policy, "optOutWords" | "optOutWeights">,
  text: string,
  { isByPatternOnly = false } = {},
): boolean {
  // A policy that was published before it could name them has only the keywords.
  if (optOutWords === undefined) return false;
  const ready = readyOf(optOutWords);
  let words = readWords(text, ready.vocabulary);
  for (const idiom of ready.passedOver) words = words.replaceAll(idiom, " ~");
  const isMatched = ready.patterns.some((pattern) => words.search(pattern) >= 0);
  if (optOutWeights === undefined) return isMatched;
  const { sum } = weigh(optOutWeights, featuresOfOptOut(optOutWords, text));
  return (
    (!isByPatternOnly && sum >= optOutWeights.endAt) || (isMatched && sum > optOutWeights.doubtAt)
  );
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
