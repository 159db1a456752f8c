export const languages = ["en", "es"] as const;
/** The languages the pages are written in. */
export type Language = (typeof languages)[number];

/** True for a language in which the pages are written. */
export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

/** The pages' language for a tag, or for the first of a browser's list; English where the pages are not written in it. */
export function pageLanguage(tags: string | undefined): Language {
  const [primary = ""] = (tags ?? "").trim().toLowerCase().split(/[-,;]/);
  return primary === "es" ? "es" : "en";
}

/** The text in the reader's language; in English where it was not published in theirs. */
export function inLanguage(
  texts: Readonly<Record<string, string>>,
  language: Language,
): { readonly text: string; readonly language: string } {
  const own = texts[language];
  if (own !== undefined) return { text: own, language };
  const [first = ["en", ""]] = Object.entries(texts);
  return texts.en === undefined
    ? { text: first[1], language: first[0] }
    : { text: texts.en, language: "en" };
}
