import type { CrisisRule, CrisisWords, Policy } from "../program/policy.ts";
import { ownValue } from "../text/own-value.ts";
import { indexPatterns, type PatternIndex, patternsFor, wordsHeld } from "./pattern-index.ts";
import { isUnplaced } from "./place-words.ts";
import { readWords, soundOf, type Vocabulary } from "./read-words.ts";
import { compilePattern, type WordClasses, wordsNamed, wordsOf } from "./word-pattern.ts";

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

type Words = Pick<Policy, "crisisWords">;
type ReadyRule = {
  readonly code: string;
  readonly rule: CrisisRule;
  readonly denying: DenyingWords;
};
/** The words of the rule's own language: "he" ends a negation in English and is "I have" in Spanish. */
type DenyingWords = Readonly<Record<(typeof denyingLists)[number], ReadonlySet<string>>>;
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
  readonly vocabulary: Vocabulary;
  readonly everyday: PatternIndex<Matcher>;
  /** Those of the most urgent rules first. */
  readonly patterns: PatternIndex<ReadyPattern>;
};

const denyingLists = ["denials", "denialEnds", "negations", "negationEnds"] as const;

/** Words between a plain negation and what it denies: "I am not going to hurt myself". */
const negationReachesWords = 5;
/** Characters before a finding in which its sentence is looked for: no text makes the search longer. */
const longestSentence = 1000;
/** Words after a finding in which a denial stands: "Suicidal ideation: denied". */
const findingReachesWords = 2;
const findingsAbsent = new Set(["none", "no", "absent", "negative"]);

/** A policy's rules as they are matched, worked out once for each policy. */
const screens = new WeakMap<Policy["crisisWords"], Screen>();
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
  let words = readWords(text, screen.vocabulary);
  const held = wordsHeld(words);
  for (const idiom of patternsFor(screen.everyday, held))
    words = words.replaceAll(idiom.expression, " ~");
  let rule: string | undefined;
  let isDenied = false;
  const matched = new Set<string>();
  for (const pattern of patternsFor(screen.patterns, held)) {
    for (const found of words.matchAll(pattern.expression)) {
      // Punctuation before the first word is no part of what was found.
      const lead = /^(?: [.,])*/.exec(found[0])?.[0].length ?? 0;
      const place = { words, index: found.index + lead, found: found[0].slice(lead) };
      if (isNegated(pattern, place)) {
        isDenied = true;
        continue;
      }
      rule ??= pattern.of.code;
      matched.add(found[0]);
    }
  }
  let rest = words;
  for (const found of matched) rest = rest.replace(found, " ");
  return {
    isForReading: rule !== undefined && isForReading(policy, rule),
    isUnplaced: rule === undefined && isUnplaced(policy.crisisWords, words),
    isDenied: isDenied && rule === undefined,
    rest: rest.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim(),
    ...(rule === undefined ? {} : { rule }),
  };
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
  return ruleOf(policy, code)?.isForReading === true;
}

function ruleOf({ crisisWords }: Words, code: string): CrisisRule | undefined {
  const [kind, language, ruleId] = code.split(".");
  if (kind !== "crisis-words" || language === undefined) return undefined;
  return ownValue(crisisWords, language)?.rules.find((rule) => rule.ruleId === ruleId);
}

function screenOf({ crisisWords }: Words): Screen {
  const known = screens.get(crisisWords);
  if (known !== undefined) return known;
  // A policy is read anew for every request; its rules are worked out again when they change.
  const text = JSON.stringify(crisisWords);
  const screen = latest?.text === text ? latest.screen : compileScreen(crisisWords);
  latest = { text, screen };
  screens.set(crisisWords, screen);
  return screen;
}

function compileScreen(crisisWords: Policy["crisisWords"]): Screen {
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
    vocabulary: {
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

function denyingWords(words: CrisisWords): DenyingWords {
  const set = (name: (typeof denyingLists)[number]) =>
    new Set(wordsOf(words[name]).flatMap(wordsNamed));
  return {
    denials: set("denials"),
    denialEnds: set("denialEnds"),
    negations: set("negations"),
    negationEnds: set("negationEnds"),
  };
}

function compiled(pattern: string, classes: WordClasses): Matcher {
  const { source, needs, problem } = compilePattern(pattern, classes);
  // Published policies have been checked: what cannot be matched is not one of them.
  if (source === undefined) throw new TypeError(problem);
  return { expression: new RegExp(source, "gu"), needs };
}

/**
 * Whether what was found is denied: by a plain negation shortly before it in the same clause ("not going to
 * …"), by a clinical denial anywhere before it in the sentence ("denies SI, HI"), or after a finding.
 */
function isNegated(
  { of: { rule, denying }, ownNegations }: ReadyPattern,
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
