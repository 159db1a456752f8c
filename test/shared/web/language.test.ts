import { expect, it } from "vitest";
import { pageLanguage } from "../../../shared/web/texts/language.ts";

it.each([
  ["es", "es"],
  ["es-MX", "es"],
  ["es-MX,es;q=0.9,en;q=0.8", "es"],
  // Without a region, the list begins with a comma or a weight.
  ["es,en;q=0.8", "es"],
  ["ES;q=1, en;q=0.5", "es"],
  ["en-US,es;q=0.9", "en"],
  ["est", "en"],
  ["", "en"],
  [undefined, "en"],
])("a reader whose browser asks for %s gets the pages in %s", (tags, language) => {
  expect(pageLanguage(tags)).toBe(language);
});
