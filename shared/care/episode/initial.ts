const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A letter or a number that is seen: no mark of direction, no apostrophe, none that only changes another, as the ʻokina. */
const isSeen = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const isChange = /^\p{Lm}/u;

/**
 * The first letter of a name as a reader sees it, accents and characters of two UTF-16 units whole; empty where a name
 * holds none, as the `-` that people with one name put in the place of the other.
 */
export function initialOf(name: string): string {
  for (const { segment } of graphemes.segment(
    name.replaceAll(/\p{Cf}/gu, (mark) => (mark === "\u200D" ? mark : "")),
  ))
    if (isSeen.test(segment) && !isChange.test(segment)) return segment;
  return "";
}
