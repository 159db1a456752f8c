import type { CrisisRule, Policy } from "../program/policy.ts";
import { ownValue } from "../text/own-value.ts";
import { readWords, soundOf, spellingsIndex, type Vocabulary } from "./read-words.ts";
import {
  type DenyingWords,
  denyingLists,
  denyingWords,
  holdsSign,
  isNegated,
  ordinaryWords,
  type Signs,
  type SpeaksFor,
  weighSigns,
  withoutFiller,
} from "./weigh-words.ts";
import {
  compilePattern,
  indexPatterns,
  type PatternIndex,
  patternsFor,
  type WordClasses,
  wordsHeld,
  wordsNamed,
  wordsOf,
} from "./word-pattern.ts";

export type ScreenedWords = {
  /** Code of the rule that matched, such as `crisis-words.en.overdose`; never the words. */
  readonly rule?: string;
  /** True where the words may mean danger: a clinician reads them within the hour, and nobody is rung. */
  readonly isForReading: boolean;
  /** True where no rule matched and the text is about nothing ordinary: a person reads it soon. */
  readonly isUnplaced: boolean;
  /** True where danger is named and denied, as in "denies SI": a person reads it, nobody is rung. */
  readonly isDenied: boolean;
  /** What was written without the words that matched, as it is compared. */
  readonly rest: string;
};

type Words = Pick<Policy, "crisisWords" | "signs">;
type ReadyRule = {
  readonly code: string;
  readonly rule: CrisisRule;
  readonly denying: DenyingWords;
};
type Matcher = {
  readonly expression: RegExp;
  readonly needs: readonly (readonly string[])[];
};
type ReadyPattern = Matcher & {
  readonly of: ReadyRule;
  /** Negations that the pattern itself names: they are part of what it finds. */
  readonly ownNegations: ReadonlySet<string>;
};
type Screen = {
  readonly signs: Signs | undefined;
  readonly vocabulary: Vocabulary;
  readonly everyday: PatternIndex<Matcher>;
  /** Those of the most urgent rules first. */
  readonly patterns: PatternIndex<ReadyPattern>;
};

type Looked = {
  /** The first rule that decides by itself. */
  readonly rule: string | undefined;
  readonly isDenied: boolean;
  /** What was looked at, idioms passed over (`~`), and the same without what is denied. */
  readonly words: string;
  readonly undenied: string;
  /** Points by rule that matched and decides nothing by itself. */
  readonly weighty: ReadonlyMap<string, number>;
  readonly matched: ReadonlySet<string>;
};
type WeighedUp = {
  readonly rule?: string;
  /** True where the rule decides by itself, and not by its points. */
  readonly isRuled?: boolean;
  readonly speaksFor: SpeaksFor;
};

/** Begins the code of what no rule matched and whose words, taken together, speak for danger. */
const signsCode = "crisis-words.signs";

/** A policy's rules as they are matched, worked out once for each policy. */
const screens = new WeakMap<Policy["crisisWords"], { signs: Signs | undefined; screen: Screen }>();
let latest: { readonly text: string; readonly screen: Screen } | undefined;

/**
 * Looks for words of crisis in what a person wrote, by the policy's rules in every language: people switch
 * languages under stress. High recall on purpose; a match says nothing until a clinician has read the text.
 * @returns the code of the rule that matched, acts under way first; never the words
 */
export function findCrisisPhrase(policy: Words, text: string): string | undefined {
  return screenWords(policy, text).rule;
}

/** The first match among several texts; one that speaks of an act under way before any other. */
export function findWorstPhrase(
  policy: Words,
  texts: readonly (string | undefined)[],
): string | undefined {
  const found = texts.flatMap((text) =>
    text === undefined ? [] : (findCrisisPhrase(policy, text) ?? []),
  );
  return (
    found.find((rule) => speaksOfActUnderWay(policy, rule)) ??
    found.find((rule) => !isForReading(policy, rule)) ??
    found[0]
  );
}

/** As `findCrisisPhrase`, and whether danger was named and denied. */
export function screenWords(policy: Words, text: string): ScreenedWords {
  const screen = screenOf(policy);
  const words = readWords(text, screen.vocabulary);
  const whole = lookAt(screen, words);
  const { rule, speaksFor } = worstOf(screen, words, whole);
  let rest = whole.words;
  for (const found of whole.matched) rest = rest.replace(found, " ");
  return {
    isForReading: rule !== undefined && isForReading(policy, rule),
    isUnplaced: rule === undefined && speaksFor === "nothing ordinary",
    isDenied: whole.isDenied && whole.rule === undefined,
    rest: rest.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim(),
    ...(rule === undefined ? {} : { rule }),
  };
}

/**
 * The worst of a text as it is, of each sentence, of the sentences that hold signs of danger together, and of each of
 * these without filler: thanks, a time of day or a "please" beside it make danger no lighter.
 */
function worstOf(screen: Screen, words: string, whole: Looked): WeighedUp {
  if (whole.rule !== undefined) return { rule: whole.rule, speaksFor: "danger" };
  const { signs } = screen;
  if (signs === undefined) return { speaksFor: "ordinary" };
  const sentences = words.split(" . ").filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const heavy = sentences.filter((sentence) => holdsSign(signs, sentence));
  const parts = new Set(
    [words, ...sentences, heavy.join(" . ")]
      .flatMap((part) => [part, withoutFiller(part)])
      .filter((part) => part.trim() !== ""),
  );
  const weighed = [...parts].map((part) =>
    weighedUp(signs, part === words ? whole : lookAt(screen, ` ${part.trim()} `)),
  );
  const least: WeighedUp = { speaksFor: "ordinary" };
  return weighed.reduce((worst, one) => (gradeOf(one) > gradeOf(worst) ? one : worst), least);
}

function gradeOf({ rule, isRuled, speaksFor }: WeighedUp): number {
  if (rule === undefined) return speaksFor === "ordinary" ? 0 : 1;
  return isRuled === true ? 3 : 2;
}

function weighedUp(signs: Signs, { rule, isDenied, undenied, weighty }: Looked): WeighedUp {
  if (rule !== undefined) return { rule, isRuled: true, speaksFor: "danger" };
  const ruled = [...weighty.values()].reduce((sum, points) => sum + points, 0);
  const { speaksFor, heaviest } = weighSigns(
    signs,
    undenied,
    ruled + (isDenied ? signs.denied : 0),
  );
  return {
    speaksFor,
    ...(speaksFor === "danger"
      ? { rule: [...weighty.keys()][0] ?? `${signsCode}.${heaviest}` }
      : {}),
  };
}

/** Looks for every rule in words as `readWords` gives them. */
function lookAt(screen: Screen, read: string): Looked {
  const held = wordsHeld(read);
  let words = read;
  for (const idiom of patternsFor(screen.everyday, held))
    words = words.replaceAll(idiom.expression, " ~");
  let rule: string | undefined;
  let isDenied = false;
  let undenied = words;
  const weighty = new Map<string, number>();
  const matched = new Set<string>();
  for (const pattern of patternsFor(screen.patterns, held)) {
    for (const found of words.matchAll(pattern.expression)) {
      // Punctuation before the first word is no part of what was found.
      const lead = /^(?: [.,])*/.exec(found[0])?.[0].length ?? 0;
      const place = { words, index: found.index + lead, found: found[0].slice(lead) };
      if (isNegated(pattern, place)) {
        isDenied = true;
        undenied = undenied.replace(place.found, " ~");
        continue;
      }
      const { code, rule: of } = pattern.of;
      if (of.points === undefined) rule ??= code;
      else weighty.set(code, of.points);
      matched.add(found[0]);
    }
  }
  return { rule, isDenied, words, undenied, weighty, matched };
}

/** True where the rule that raised an alert speaks of an act under way, by the policy of this moment. */
export function speaksOfActUnderWay(policy: Words, code: string): boolean {
  return ruleOf(policy, code)?.isActUnderWay === true;
}

/** The tier of the alert for a rule: YELLOW where a clinician is to read the words before anybody is rung. */
export function tierOfWords(policy: Words, code: string): "RED" | "YELLOW" {
  return isForReading(policy, code) ? "YELLOW" : "RED";
}

function isForReading(policy: Words, code: string): boolean {
  return code.startsWith(`${signsCode}.`) || ruleOf(policy, code)?.isForReading === true;
}

function ruleOf({ crisisWords }: Words, code: string): CrisisRule | undefined {
  const [kind, language, ruleId] = code.split(".");
  if (kind !== "crisis-words" || language === undefined) return undefined;
  return ownValue(crisisWords, language)?.rules.find((rule) => rule.ruleId === ruleId);
}

function screenOf({ crisisWords, signs }: Words): Screen {
  const known = screens.get(crisisWords);
  if (known !== undefined && known.signs === signs) return known.screen;
  // A policy is read anew for every request; its rules are worked out again when they change.
  const text = JSON.stringify([crisisWords, signs]);
  const screen = latest?.text === text ? latest.screen : compileScreen(crisisWords, signs);
  latest = { text, screen };
  screens.set(crisisWords, { signs, screen });
  return screen;
}

function compileScreen(crisisWords: Policy["crisisWords"], signs: Signs | undefined): Screen {
  const languages = Object.entries(crisisWords);
  const patterns = languages
    .flatMap(([language, words]) => {
      const denying = denyingWords(words);
      return words.rules.map((rule) => ({ language, words, denying, rule }));
    })
    .toSorted((left, right) => urgencyOf(right.rule) - urgencyOf(left.rule))
    .flatMap(({ language, words, denying, rule }) => {
      const of = { code: `crisis-words.${language}.${rule.ruleId}`, rule, denying };
      return rule.patterns.map((pattern) => ({
        ...compiled(pattern, words.classes),
        of,
        ownNegations: new Set(wordsNamed(pattern).filter((word) => denying.negations.has(word))),
      }));
    });
  const namedBy = languages.map(([, { classes, rules: own }]) =>
    [...Object.values(classes).flatMap(wordsOf), ...own.flatMap((rule) => rule.patterns)].flatMap(
      wordsNamed,
    ),
  );
  const lists = languages.flatMap(([, words]) =>
    [...denyingLists.flatMap((name) => wordsOf(words[name])), ...words.everyday].flatMap(
      wordsNamed,
    ),
  );
  return {
    signs,
    vocabulary: {
      ordinary: new Set(ordinaryWords(signs)),
      // A policy that was published before it named ordinary words knows no misspelling from a word.
      byLetters: spellingsIndex(
        signs === undefined ? [] : namedBy.flat().map((word) => word.replace("~", "")),
      ),
      languages: namedBy.map((named) => new Set(named.map((word) => word.replace("~", "")))),
      known: new Set(lists),
      spanishBySound: new Map(
        languages.flatMap(([language], index) =>
          language === "es"
            ? (namedBy[index] ?? []).map((word) => [soundOf(word), word.replace("~", "")] as const)
            : [],
        ),
      ),
      nearly: namedBy
        .flat()
        .filter((word) => word.endsWith("~"))
        .map((word) => word.slice(0, -1)),
    },
    everyday: indexPatterns(
      languages.flatMap(([, { classes, everyday }]) =>
        everyday.map((pattern) => compiled(pattern, classes)),
      ),
    ),
    patterns: indexPatterns(patterns),
  };
}

/** Rules are looked at in this order: acts under way first, words that may mean danger last. */
function urgencyOf({ isActUnderWay, isForReading }: CrisisRule): number {
  return Number(isActUnderWay ?? false) - Number(isForReading ?? false);
}

function compiled(pattern: string, classes: WordClasses): Matcher {
  const { source, needs, problem } = compilePattern(pattern, classes);
  // Published policies have been checked: what cannot be matched is not one of them.
  if (source === undefined) throw new TypeError(problem);
  return { expression: new RegExp(source, "gu"), needs };
}
