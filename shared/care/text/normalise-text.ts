/** A text as word lists are matched against: lower case, no accents, words parted by one blank. */
export function normaliseText(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replaceAll(/[’'`´]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** True when the words stand in the text next to each other, as whole words. Both are normalised here. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = normaliseText(phrase);
  return wanted !== "" && ` ${normaliseText(text)} `.includes(` ${wanted} `);
}
