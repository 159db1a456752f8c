import { holdsPhrase } from "../messages/normalise-text.ts";
import type { Policy } from "../program/policy.ts";

/**
 * Looks for words of crisis in what a person wrote, in every language: people switch languages under
 * stress. High recall on purpose; a match says nothing until a clinician has read the text.
 * @returns the code of the phrase that matched, never the phrase
 */
export function findCrisisPhrase(
  policy: Pick<Policy, "crisisPhrases">,
  text: string,
): string | undefined {
  for (const [language, phrases] of Object.entries(policy.crisisPhrases)) {
    const index = phrases.findIndex((phrase) => holdsPhrase(text, phrase));
    if (index >= 0) return `crisis-words.${language}.${index + 1}`;
  }
  return undefined;
}
