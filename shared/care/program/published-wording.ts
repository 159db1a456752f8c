import { ownValue } from "../text/own-value.ts";
import type { Instrument } from "./instrument.ts";

type Texts = Readonly<Record<string, string>>;

/** True where all of these texts are published in the language, given by its primary tag, such as `es`. */
function isSaidIn(language: string, texts: readonly (Texts | undefined)[]): boolean {
  return texts.every((text) => text === undefined || ownValue(text, language) !== undefined);
}

/** True for an item whose own words, and those of its answers, are published in the language. */
export function isItemPublished(
  instrument: Pick<Instrument, "options" | "stem">,
  item: Instrument["items"][number],
  language: string,
): boolean {
  // An item with answers of its own is read without the stem.
  const around = item.options === undefined ? [instrument.stem] : [];
  const options = (item.options ?? instrument.options).map(({ text }) => text);
  return isSaidIn(language, [item.text, ...around, ...options]);
}

/**
 * The titles of the instruments that cannot be put to a reader of this language: a required item has no published
 * wording in it. Nobody translates an instrument on the way; a person asks it with a qualified interpreter.
 *
 * @param language - a language tag; its primary part counts
 */
export function unpublishedIn(
  language: string,
  instrumentIds: readonly string[],
  instruments: Readonly<Record<string, Instrument>>,
): readonly string[] {
  const primary = language.toLowerCase().split("-")[0] ?? language;
  return instrumentIds.flatMap((instrumentId) => {
    const instrument = ownValue(instruments, instrumentId);
    const isWhole = instrument?.items.every(
      (item) => !item.required || isItemPublished(instrument, item, primary),
    );
    return isWhole === false ? [instrument?.title ?? instrumentId] : [];
  });
}
