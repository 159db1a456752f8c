import type { CrisisRule } from "../program/policy.ts";
import { ownValue } from "../text/own-value.ts";
import { readWords } from "./read-words.ts";
import { lookAt, screenOf, type Words } from "./word-screen.ts";
import { signsCode, worstOf } from "./worst-part.ts";

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
  const { rule, speaksFor, because } = worstOf(screen, words, whole);
  let rest = whole.words;
  for (const found of whole.matched) rest = rest.replace(found, " ");
  return {
    isForReading: rule !== undefined && isForReading(policy, rule),
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
