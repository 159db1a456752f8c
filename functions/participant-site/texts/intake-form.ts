import { intakeFormEn } from "./intake-form.en.ts";
import { intakeFormEs } from "./intake-form.es.ts";

/** Languages by their own names; others are told to us on the phone. */
export const spokenLanguages = [
  { tag: "en", name: "English" },
  { tag: "es", name: "Español" },
  { tag: "ar", name: "العربية" },
  { tag: "fr", name: "Français" },
  { tag: "ht", name: "Kreyòl ayisyen" },
  { tag: "ko", name: "한국어" },
  { tag: "pt", name: "Português" },
  { tag: "ru", name: "Русский" },
  { tag: "vi", name: "Tiếng Việt" },
  { tag: "zh", name: "中文" },
] as const;

export const formTexts = { en: intakeFormEn, es: intakeFormEs };
