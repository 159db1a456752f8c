import type { Policy } from "../program/policy.ts";
import { normaliseText } from "../text/normalise-text.ts";

type Phrase = { readonly apart: string; readonly together: string };

/** A policy's phrases as they are matched, worked out once for each list. */
const phrasesByList = new WeakMap<readonly string[], readonly Phrase[]>();

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
  const normal = normaliseText(text);
  const inText = ` ${normal} `;
  const words = new Set(normal.split(" "));
  words.delete("");
  for (const [language, list] of Object.entries(policy.crisisPhrases)) {
    const index = phrasesOf(list).findIndex(
      ({ apart, together }) =>
        apart !== "" && (inText.includes(` ${apart} `) || words.has(together)),
    );
    if (index >= 0) return `crisis-words.${language}.${index + 1}`;
  }
  return undefined;
}

function phrasesOf(list: readonly string[]): readonly Phrase[] {
  const known = phrasesByList.get(list);
  if (known !== undefined) return known;
  const phrases = list.map((phrase) => {
    const apart = normaliseText(phrase);
    return { apart, together: apart.replaceAll(" ", "") };
  });
  phrasesByList.set(list, phrases);
  return phrases;
}
