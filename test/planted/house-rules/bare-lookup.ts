// read as: functions/staff-api/routes/lists.ts
const lists: Readonly<Record<string, string>> = { tasks: "Tasks" };
const words: Readonly<Record<"en" | "es", string>> = { en: "Hello", es: "Hola" };

/** Planted. */
export function prefixOf(asked: string): string | undefined {
  // expect: own-values-only
  return lists[asked];
}

/** Planted. */
export function isListed(asked: string): boolean {
  // expect: own-values-only
  return (lists[asked] ?? "") !== "";
}

/** Planted. */
export const greeting = (language: "en" | "es"): string => words[language];
/** Planted. */
export const first = (texts: readonly string[]): string | undefined => texts[0];
