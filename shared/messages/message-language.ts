/**
 * The language of the program's templates that serves a participant: the exact tag, else the same
 * primary language (`es-MX` is served by `es`). `undefined` means that nobody reviewed templates for it.
 */
export function messageLanguage(languages: readonly string[], wanted: string): string | undefined {
  const exact = languages.find((language) => language.toLowerCase() === wanted.toLowerCase());
  if (exact !== undefined) return exact;
  const primary = primaryLanguage(wanted);
  return languages.find((language) => primaryLanguage(language) === primary);
}

/** The language of a tag without region and script: `es` of `es-MX`. Never throws, whatever the text is. */
export function primaryLanguage(tag: string): string {
  return (tag.split("-")[0] ?? tag).toLowerCase();
}
