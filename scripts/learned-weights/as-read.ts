import type { Policy } from "../../shared/care/program/policy.ts";
import { featuresIn, partsOf } from "../../shared/care/safety/find-crisis-phrase.ts";
import { readWords } from "../../shared/care/safety/read-words.ts";
import { lookAt, screenOf } from "../../shared/care/safety/word-screen.ts";
import { featuresOfOptOut } from "../../shared/messages/asks-to-end.ts";
import type { Labelled } from "./labelled-texts.ts";
import type { Trainable } from "./regression.ts";

/** Texts that only sound like a wish for no more messages are few beside all the others, and tell more. */
const importanceOfNearOnes = 6;

/** A sentence as the screen reads it. */
export function asScreened(policy: Policy, one: Labelled): Trainable {
  const { signs } = policy;
  if (signs === undefined) throw new Error("The policy has no signs");
  // Rules that match as a lexicon is there: the weights themselves play no part in what a text holds.
  const screen = screenOf({
    crisisWords: policy.crisisWords,
    signs: { ...signs, learned: { base: 0, readAt: 0, soonAt: 0, weights: [] } },
  });
  const words = readWords(one.text, screen.vocabulary);
  const featured = (part: string) =>
    featuresIn(screen, lookAt(screen, part)).map(({ name }) => name);
  const parts = partsOf(signs, words);
  return {
    ...one,
    importance: 1,
    isRuled: [words, ...parts].some((part) => lookAt(screen, part).rule !== undefined),
    features: featured(words),
    parts: parts.map(featured),
  };
}

/** A text as it is looked at for a wish for no more messages. */
export function asOptOut({ optOutWords }: Policy, one: Labelled): Trainable {
  if (optOutWords === undefined) throw new Error("The policy has no words of opting out");
  const features = featuresOfOptOut(optOutWords, one.text).map(({ name }) => name);
  const isNear = one.batch !== "others" && !one.isSought;
  return {
    ...one,
    isRuled: false,
    features,
    parts: [features],
    importance: isNear ? importanceOfNearOnes : 1,
  };
}
