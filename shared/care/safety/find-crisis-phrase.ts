import type { CrisisRule } from "../program/policy.ts";
import { ownValue } from "../text/own-value.ts";
import { readWords } from "./read-words.ts";
import { pastRuleId } from "./told-of-the-past.ts";
import {
  type Feature,
  featuresOf,
  holdsSign,
  type Signs,
  type SpeaksFor,
  saidIn,
  type Weight,
  weigh,
  weighSigns,
  withoutFiller,
} from "./weigh-words.ts";
import { type Looked, lookAt, type Screen, screenOf, type Words } from "./word-screen.ts";

export type WeighedUp = {
  readonly rule?: string;
  /** True where the rule decides by itself, and not by what the words weigh. */
  readonly isRuled?: boolean;
  readonly speaksFor: SpeaksFor;
  /** The words that told, as they were read. */
  readonly because: readonly string[];
};

/** Begins the code of what no rule matched and whose words, taken together, speak for danger. */
export const signsCode = "crisis-words.signs";

/** The code of words by which somebody says that another listens or reads along. */
export const overheardCode = "crisis-words.overheard";

/** Sentences that are weighed together: what a writer says of one thing stands close together. */
const sentencesTogether = 3;
/** Letters of the shortest phrase of danger that is nobody's name. */
const shortestSaid = 6;
/** Reasons that are told: more of them would be the whole text. */
const reasonsTold = 4;

/**
 * The worst of a text: of each sentence, of some in a row, of those that hold signs of danger together, and of each
 * of these without filler. Thanks, a time of day or a "please" beside danger make it no lighter.
 */
export function worstOf(screen: Screen, words: string, whole: Looked): WeighedUp {
  if (whole.rule !== undefined)
    return {
      rule: whole.rule,
      isRuled: true,
      speaksFor: "danger",
      because: phrasesIn(whole.matched),
    };
  const { signs } = screen;
  const least: WeighedUp = { speaksFor: "ordinary", because: [] };
  if (signs === undefined) return least;
  return partsOf(signs, words)
    .map((part) => weighedUp(screen, signs, part === words ? whole : lookAt(screen, part)))
    .reduce((worst, one) => (gradeOf(one) > gradeOf(worst) ? one : worst), least);
}

/** The parts of a text that are weighed by themselves, as `readWords` gives it. */
export function partsOf(signs: Signs, words: string): readonly string[] {
  const sentences = words.split(" . ").filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const runs = sentences.flatMap((_, from) =>
    Array.from(
      { length: Math.min(sentencesTogether, sentences.length - from) },
      (_sentence, more) => sentences.slice(from, from + more + 1).join(" . "),
    ),
  );
  const heavy = sentences.filter((sentence) => holdsSign(signs, sentence));
  const parts = [...runs, heavy.join(" . ")].flatMap((part) => [part, withoutFiller(part)]);
  // A number by itself says nothing that could be weighed; those of emergencies are a rule's.
  return [...new Set(parts.filter((part) => /\p{L}/u.test(part)))].map(
    (part) => ` ${part.trim()} `,
  );
}

/** What a part of a text holds that weights are given to. */
export function featuresIn(screen: Screen, looked: Looked): readonly Feature[] {
  if (screen.lexicon === undefined) return [];
  return featuresOf(screen.lexicon, saidIn(looked.undenied), [
    ...looked.weighty.keys(),
    ...(looked.isDenied ? ["denied"] : []),
  ]);
}

function gradeOf({ rule, isRuled, speaksFor }: WeighedUp): number {
  if (rule === undefined) return speaksFor === "ordinary" ? 0 : 1;
  return isRuled === true ? 3 : 2;
}

function weighedUp(screen: Screen, signs: Signs, looked: Looked): WeighedUp {
  const { rule, weighty, matched } = looked;
  if (rule !== undefined)
    return { rule, isRuled: true, speaksFor: "danger", because: phrasesIn(matched) };
  if (signs.learned !== undefined) {
    const weight = weigh(signs.learned, featuresIn(screen, looked));
    const isDanger = weight.sum >= signs.learned.readAt;
    if (!isDanger)
      return {
        speaksFor: weight.sum >= signs.learned.soonAt ? "nothing ordinary" : "ordinary",
        because: [],
      };
    return {
      rule: [...weighty.keys()][0] ?? `${signsCode}.${signIn(signs, weight)}`,
      speaksFor: "danger",
      because: reasonsIn(saidIn(looked.undenied), weight),
    };
  }
  const ruled = [...weighty.values()].reduce((sum, points) => sum + points, 0);
  const { speaksFor, heaviest } = weighSigns(
    signs,
    looked.undenied,
    ruled + (looked.isDenied ? signs.denied : 0),
  );
  if (speaksFor !== "danger") return { speaksFor, because: [] };
  return {
    speaksFor,
    rule: [...weighty.keys()][0] ?? `${signsCode}.${heaviest}`,
    because: phrasesIn(matched),
  };
}

/** The kind of sign that told most, where one did. */
function signIn(signs: Signs, { reasons }: Weight): string {
  const names = new Set(signs.kinds.map(({ sign }) => `k:${sign}`));
  return reasons.find(({ name }) => names.has(name))?.name.slice(2) ?? "unnamed";
}

/** The phrases that told most, none inside another. */
function reasonsIn(said: readonly string[], { reasons }: Weight): readonly string[] {
  const told: Feature[] = [];
  for (const reason of reasons) {
    if (reason.to <= reason.from || told.length >= reasonsTold) continue;
    if (!told.some(({ from, to }) => reason.from < to && from < reason.to)) told.push(reason);
  }
  return told.map(({ from, to }) => said.slice(from, to).join(" ")).filter((words) => words !== "");
}

/** What rules matched, without what is part of a longer match. */
function phrasesIn(matched: ReadonlySet<string>): readonly string[] {
  const phrases = [...matched].map((found) => found.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim());
  return phrases
    .filter((one) => !phrases.some((other) => other.length > one.length && other.includes(one)))
    .slice(0, reasonsTold);
}

export type ScreenedWords = {
  /** Code of the rule that matched, such as `crisis-words.en.overdose`; never the words. */
  readonly rule?: string;
  /** True where the words may mean danger: a clinician reads them within the hour, and nobody is rung. */
  readonly isForReading: boolean;
  /** True where no rule matched and the text is about nothing ordinary: a person reads it soon. */
  readonly isUnplaced: boolean;
  /** True where somebody says that another listens or reads along: nothing may be sent to them by itself. */
  readonly isOverheard: boolean;
  /** True where danger is named and denied, as in "denies SI": a person reads it, nobody is rung. */
  readonly isDenied: boolean;
  /** What was written without the words that matched, as it is compared. */
  readonly rest: string;
  /** The words that told, as they were read: what a clinician is shown beside the text. */
  readonly because: readonly string[];
};

/**
 * Looks for words of crisis in what a person wrote, by the policy's rules in every language: people switch
 * languages under stress. High recall on purpose; a match says nothing until a clinician has read the text.
 * @returns the code of the rule that matched, acts under way first; never the words
 */
export function findCrisisPhrase(policy: Words, text: string): string | undefined {
  return screenWords(policy, text).rule;
}

/**
 * The first match among several texts; one that speaks of an act under way before any other. And whether any of them
 * says that another listens or reads along.
 * @param names - names and codes, in which only the rules are looked for: no weight is learned from them
 */
export function findWorstPhrase(
  policy: Words,
  texts: readonly (string | undefined)[],
  names: readonly (string | undefined)[] = [],
): { readonly rule: string; readonly isOverheard: boolean } | undefined {
  const screened = [
    ...texts.map((text) => (text === undefined ? undefined : screenWords(policy, text))),
    ...names.map((name) => (name === undefined ? undefined : screenName(policy, name))),
  ].filter((one) => one !== undefined);
  const found = screened.flatMap(({ rule }) => rule ?? []);
  const rule =
    found.find((one) => speaksOfActUnderWay(policy, one)) ??
    found.find((one) => !isForReading(policy, one)) ??
    found[0];
  if (rule === undefined) return undefined;
  return { rule, isOverheard: screened.some(({ isOverheard }) => isOverheard) };
}

/** As `findCrisisPhrase`, and whether danger was named and denied. */
export function screenWords(policy: Words, text: string): ScreenedWords {
  return screenRead(policy, readWords(text, screenOf(policy).vocabulary));
}

/** As `screenWords`, of a text as `readWords` gives it: nothing else of it is looked at. */
function screenRead(policy: Words, words: string): ScreenedWords {
  const screen = screenOf(policy);
  const whole = lookAt(screen, words);
  const worst = worstOf(screen, words, whole);
  const { isOverheard } = whole;
  // Who is not alone may mean danger, and says so in words that a clinician has to read as such.
  const isDanger = worst.rule !== undefined && !isForReading(policy, worst.rule);
  const { rule, speaksFor, because } =
    isOverheard && !isDanger ? { ...worst, rule: overheardCode } : worst;
  let rest = whole.words;
  for (const found of whole.matched) rest = rest.replace(found, " ");
  return {
    isForReading: rule !== undefined && isForReading(policy, rule),
    isOverheard,
    isUnplaced: rule === undefined && speaksFor === "nothing ordinary",
    isDenied: whole.isDenied && whole.rule === undefined,
    rest: rest.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim(),
    because: rule === undefined ? [] : because,
    ...(rule === undefined ? {} : { rule }),
  };
}

/**
 * As `screenWords`, for words that have to speak of danger in good days, as a crisis plan does: only what a rule finds
 * counts, and not what the words weigh together.
 */
export function screenByRules(policy: Words, text: string): ScreenedWords {
  const screened = screenWords(policy, text);
  if (screened.rule?.startsWith(`${signsCode}.`) !== true) return screened;
  const { rule: _rule, ...others } = screened;
  return { ...others, isForReading: false, isUnplaced: false, because: [] };
}

/**
 * As `screenByRules`, for names and codes: people are called Heaven, Mata, Gunn or Sui, and a word alone says no more there.
 * A whole sentence in the place of a name is found as everywhere.
 */
export function screenName(policy: Words, name: string): ScreenedWords {
  const screened = screenByRules(policy, name);
  const { rule, because } = screened;
  if (rule === undefined) return screened;
  const isSaid = because.some((phrase) => phrase.replaceAll(" ", "").length >= shortestSaid);
  const isHalf = ruleOf(policy, rule)?.points !== undefined;
  if (isSaid && !isHalf) return screened;
  const { rule: _rule, ...others } = screened;
  return { ...others, isForReading: false, isUnplaced: false, because: [] };
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
  if (code.startsWith(`${signsCode}.`) || code.endsWith(`.${pastRuleId}`)) return true;
  if (code === overheardCode) return true;
  return ruleOf(policy, code)?.isForReading === true;
}

function ruleOf({ crisisWords }: Words, code: string): CrisisRule | undefined {
  const [kind, language, ruleId] = code.split(".");
  if (kind !== "crisis-words" || language === undefined) return undefined;
  return ownValue(crisisWords, language)?.rules.find((rule) => rule.ruleId === ruleId);
}
