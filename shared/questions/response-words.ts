import { fieldsOf } from "./response-items.ts";

/** Keys of what the form itself says: its questions, names and codes are nobody's own words. */
const ofTheForm = new Set(
  (
    "linkId url system code reference resourceType id status questionnaire authored profile definition unit " +
    "versionId lastUpdated div meta identifier issued effectiveDateTime effectiveInstant effectivePeriod comparator"
  ).split(" "),
);
const maxVisits = 20_000;

/**
 * Everything in a response that somebody wrote or chose: any string in any answer, note or extension, under
 * whatever link id. Never throws, however deep it is nested.
 */
export function freeWords(response: unknown): readonly string[] {
  const words: string[] = [];
  const waiting: unknown[] = [response];
  for (let visits = 0; waiting.length > 0 && visits < maxVisits; visits += 1) {
    const value = waiting.pop();
    if (typeof value === "string") words.push(value.toWellFormed());
    else if (Array.isArray(value)) waiting.push(...value);
    else if (value !== null && typeof value === "object") {
      const fields = fieldsOf(value);
      if (fields.resourceType === "Questionnaire") continue;
      words.push(...addedInNarrative(fields));
      const isQuestion = typeof fields.linkId === "string";
      for (const [key, inner] of Object.entries(fields)) {
        if (ofTheForm.has(key) || (isQuestion && key === "text")) continue;
        waiting.push(inner);
      }
    }
  }
  return words.filter((text) => text.trim() !== "");
}

/** FHIR's narrative is made from the form, unless it says that somebody added to it; then its text without the markup. */
function addedInNarrative({ status, div }: Readonly<Record<string, unknown>>): readonly string[] {
  if (status !== "additional" || typeof div !== "string") return [];
  return [div.replaceAll(/<[^>]*>/g, " ").toWellFormed()];
}
