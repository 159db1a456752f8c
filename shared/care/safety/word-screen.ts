import type { CrisisRule, CrisisWords, Policy } from "../program/policy.ts";
import { type DenyingWords, denyingLists, isNegated } from "./denied-words.ts";
import { soundOf, spellingsIndex, type Vocabulary } from "./read-words.ts";
import { isToldOfThePast, type PastWords, pastRuleId } from "./told-of-the-past.ts";
import { type Lexicon, lexiconOf, ordinaryWords, type Signs } from "./weigh-words.ts";
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

export type Words = Pick<Policy, "crisisWords" | "signs">;
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
export type Screen = {
  readonly signs: Signs | undefined;
  readonly lexicon: Lexicon | undefined;
  readonly vocabulary: Vocabulary;
  readonly everyday: PatternIndex<Matcher>;
  readonly past: PastWords;
  /** By which somebody says that another listens or reads along. */
  readonly overheard: PatternIndex<Matcher>;
  readonly denying: readonly DenyingWords[];
  /** Those of the most urgent rules first. */
  readonly patterns: PatternIndex<ReadyPattern>;
};

export type Looked = {
  /** The first rule that decides by itself. */
  readonly rule: string | undefined;
  readonly isOverheard: boolean;
  readonly isDenied: boolean;
  /** What was looked at, idioms passed over (`~`), and the same without what is denied. */
  readonly words: string;
  readonly undenied: string;
  /** Points by rule that matched and decides nothing by itself. */
  readonly weighty: ReadonlyMap<string, number>;
  readonly matched: ReadonlySet<string>;
};
/** A policy's rules as they are matched, worked out once for each policy. */
const screens = new WeakMap<Policy["crisisWords"], { signs: Signs | undefined; screen: Screen }>();
let latest: { readonly text: string; readonly screen: Screen } | undefined;

/** A policy ready for use: worked out once. */
export function screenOf({ crisisWords, signs }: Words): Screen {
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
  const past = pastWordsOf(languages.map(([, words]) => words));
  const lists = languages.flatMap(([, words]) =>
    [...denyingLists.flatMap((name) => wordsOf(words[name])), ...words.everyday].flatMap(
      wordsNamed,
    ),
  );
  return {
    signs,
    past,
    overheard: indexPatterns(
      languages.flatMap(([, { classes, overheard }]) =>
        (overheard ?? []).map((pattern) => compiled(pattern, classes)),
      ),
    ),
    denying: languages.map(([, words]) => denyingWords(words)),
    lexicon: signs?.learned === undefined ? undefined : lexiconOf(signs.kinds, crisisWords),
    vocabulary: {
      ordinary: new Set(ordinaryWords(signs)),
      // A policy that was published before it named ordinary words knows no misspelling from a word.
      byLetters: spellingsIndex(
        signs === undefined ? [] : namedBy.flat().map((word) => word.replace("~", "")),
      ),
      languages: namedBy.map((named) => new Set(named.map((word) => word.replace("~", "")))),
      known: new Set(
        [...past.named, ...languages.flatMap(([, { overheard }]) => overheard ?? [])]
          .flatMap(wordsNamed)
          .concat(lists),
      ),
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

/** The words by which one language denies, as sets. */
function denyingWords(words: CrisisWords): DenyingWords {
  const set = (name: (typeof denyingLists)[number]) =>
    new Set(wordsOf(words[name]).flatMap(wordsNamed));
  return {
    denials: set("denials"),
    denialEnds: set("denialEnds"),
    negations: set("negations"),
    negationEnds: set("negationEnds"),
    deniedWith: new Set(wordsOf(words.deniedWith ?? "").flatMap(wordsNamed)),
  };
}

/** The marks of all languages together: people switch. A policy that was published before has none. */
function pastWordsOf(languages: readonly CrisisWords[]): PastWords {
  const all = languages.flatMap(({ past, classes }) =>
    past === undefined ? [] : [{ ...past, classes }],
  );
  const compiled = (list: "marks" | "present") =>
    all.flatMap((words) =>
      words[list].map((pattern) => {
        const { source, problem } = compilePattern(pattern, words.classes);
        // Published policies have been checked: what cannot be matched is not one of them.
        if (source === undefined) throw new TypeError(problem);
        return new RegExp(source, "u");
      }),
    );
  const ends = all.flatMap((words) => wordsOf(words.ends).flatMap(wordsNamed));
  return {
    marks: compiled("marks"),
    present: compiled("present"),
    ends: new Set(ends),
    named: [...ends, ...all.flatMap((words) => [...words.marks, ...words.present])],
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

/** Looks for every rule in words as `readWords` gives them. */
export function lookAt(screen: Screen, read: string): Looked {
  const held = wordsHeld(read);
  let words = read;
  for (const idiom of patternsFor(screen.everyday, held))
    words = words.replaceAll(idiom.expression, " ~");
  let rule: string | undefined;
  let pastRule: string | undefined;
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
      if (of.points === undefined)
        if (isToldOfThePast(screen.past, of, place)) pastRule ??= pastCodeOf(code);
        else rule ??= code;
      else weighty.set(code, of.points);
      matched.add(found[0]);
    }
  }
  return {
    rule: rule ?? pastRule,
    isOverheard: isOverheard(screen, words, held),
    isDenied,
    words,
    undenied: withoutDeniedLists(screen.denying, undenied),
    weighty,
    matched,
  };
}

/** True where somebody says that another listens or reads along; what people say every day was passed over before. */
function isOverheard(screen: Screen, words: string, held: ReturnType<typeof wordsHeld>): boolean {
  return patternsFor(screen.overheard, held).some(
    ({ expression }) => words.search(expression) !== -1,
  );
}

/** The code of what is told of the past, in the language of the rule that matched. */
function pastCodeOf(code: string): string {
  return [...code.split(".").slice(0, 2), pastRuleId].join(".");
}

/** What only a clinician writes: "denies plan, intent or means" needs nothing that was found. */
const clinicalDenial = /^(?:den(?:ies|ied|y|ying)|nieg(?:a|an)|nego|negando)$/;

/**
 * Words without the lists of what is denied, as "denies SI, HI and AVH": where a denial is followed by what was found
 * and denied (`~`) and by nothing else but the terms that stand in such lists, none of them speaks for danger.
 */
function withoutDeniedLists(languages: readonly DenyingWords[], words: string): string {
  const isDenial = (word: string) =>
    languages.some(({ denials, negations }) => denials.has(word) || negations.has(word));
  const isClinicalDenial = (word: string) => clinicalDenial.test(word);
  const isListed = (word: string) =>
    word === "~" || word === "," || languages.some(({ deniedWith }) => deniedWith.has(word));
  const said = words.trim().split(" ");
  const kept: string[] = [];
  for (let at = 0; at < said.length; ) {
    const word = said[at] ?? "";
    const rest = said.slice(at + 1);
    const end = rest.findIndex((other) => !isListed(other) && !isDenial(other));
    const list = end === -1 ? rest : rest.slice(0, end);
    const isList = list.includes("~") ? isDenial(word) : isClinicalDenial(word) && list.length > 0;
    kept.push(isList ? "~" : word);
    at += isList ? list.length + 1 : 1;
  }
  return ` ${kept.join(" ")} `;
}
