/** What a text must hold for a pattern to match: one word of each list; `word*` stands for any ending. */
export type Needing = { readonly needs: readonly (readonly string[])[] };

export type PatternIndex<P extends Needing> = {
  /** By a word that one of the pattern's lists holds. */
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  /** Patterns that no word tells: they are looked at in every text. */
  readonly always: readonly number[];
  readonly patterns: readonly P[];
};

/** The words of a text, and all beginnings of them as `word*`. */
export function wordsHeld(text: string): ReadonlySet<string> {
  const held = new Set<string>();
  for (const word of text.split(" ")) {
    held.add(word);
    for (let length = 1; length <= word.length; length += 1) held.add(`${word.slice(0, length)}*`);
  }
  return held;
}

/** Files every pattern under its shortest list, so that a text is compared with few of some thousand patterns. */
export function indexPatterns<P extends Needing>(patterns: readonly P[]): PatternIndex<P> {
  const byWord = new Map<string, number[]>();
  const always: number[] = [];
  for (const [place, { needs }] of patterns.entries()) {
    const shortest = needs.toSorted((left, right) => left.length - right.length)[0];
    if (shortest === undefined) always.push(place);
    for (const word of new Set(shortest)) {
      const places = byWord.get(word) ?? [];
      places.push(place);
      byWord.set(word, places);
    }
  }
  return { byWord, always, patterns };
}

/** The patterns that may match, in their order. */
export function patternsFor<P extends Needing>(
  { byWord, always, patterns }: PatternIndex<P>,
  held: ReadonlySet<string>,
): readonly P[] {
  const places = new Set(always);
  for (const word of held) for (const place of byWord.get(word) ?? []) places.add(place);
  return [...places]
    .toSorted((left, right) => left - right)
    .flatMap((place) => patterns[place] ?? [])
    .filter(({ needs }) => needs.every((words) => words.some((word) => held.has(word))));
}
