import { holdsPhrase, normaliseText } from "../messages/normalise-text.ts";
import type { Policy } from "../program/policy.ts";

/**
 * Looks for words of crisis in what a person wrote, in every language: people switch languages under
 * stress, and run words together. High recall on purpose; a match says nothing until a clinician has
 * read the text.
 * @returns the code of the phrase that matched, never the phrase
 */
export function findCrisisPhrase(
  policy: Pick<Policy, "crisisPhrases">,
  text: string,
): string | undefined {
  const words = new Set(normaliseText(text).split(" "));
  words.delete("");
  const isRunTogether = (phrase: string) => words.has(normaliseText(phrase).replaceAll(" ", ""));
  for (const [language, phrases] of Object.entries(policy.crisisPhrases)) {
    const index = phrases.findIndex((phrase) => holdsPhrase(text, phrase) || isRunTogether(phrase));
    if (index >= 0) return `crisis-words.${language}.${index + 1}`;
  }
  return undefined;
}
