const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first letter of a name as a reader sees it, accents and characters of two UTF-16 units whole. */
export function initialOf(name: string): string {
  for (const { segment } of graphemes.segment(name)) return segment;
  return "";
}
