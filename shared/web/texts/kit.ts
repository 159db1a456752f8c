import type { Language } from "./language.ts";

/** The words that the parts themselves say. */
export const kitTexts: Readonly<
  Record<Language, { readonly skip: string; readonly error: string; readonly problem: string }>
> = {
  en: { skip: "Skip to main content", error: "Error: ", problem: "There is a problem" },
  es: { skip: "Ir al contenido principal", error: "Error: ", problem: "Hay un problema" },
};
