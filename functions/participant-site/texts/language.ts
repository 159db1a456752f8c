import { primaryLanguage } from "../../../shared/messages/message-language.ts";

export const languages = ["en", "es"] as const;
/** The languages the pages are written in. */
export type Language = (typeof languages)[number];

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

/** The pages' language for a language tag; English where the pages are not written in it. */
export function pageLanguage(tag: string | undefined): Language {
  return primaryLanguage(tag ?? "") === "es" ? "es" : "en";
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
