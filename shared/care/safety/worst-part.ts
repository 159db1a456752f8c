import { type Weight, weigh } from "./learned-weights.ts";
import { holdsSign, type Signs, type SpeaksFor, weighSigns, withoutFiller } from "./weigh-words.ts";
import { type Feature, featuresOf, saidIn } from "./word-features.ts";
import { type Looked, lookAt, type Screen } from "./word-screen.ts";

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

/** Sentences that are weighed together: what a writer says of one thing stands close together. */
const sentencesTogether = 3;
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
    .map((part) => weighedUp(screen, signs, lookAt(screen, part)))
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
  return [...new Set(parts.filter((part) => part.trim() !== ""))].map((part) => ` ${part.trim()} `);
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
