import { normaliseText } from "../text/normalise-text.ts";
import { ownValue } from "../text/own-value.ts";

/**
 * A pattern of words as `policy.yaml` writes it, word after word:
 * `word`, `word*` (any ending), `word~` (or nearly so spelt), `a/b/two_words` (either), `<class>` (any of a class),
 * `…?` (may be missing), `..3` (up to three other words of the same sentence), `#` (a number of 5 or more),
 * `^` and `$` (where a clause begins and ends), `$$` (where the sentence ends).
 */
export type WordClasses = Readonly<Record<string, string>>;

/** The words of a list that commas part. */
export function wordsOf(list: string): readonly string[] {
  return list
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

export type CompiledPattern = {
  readonly source: string;
  /** Text that holds none of these words, for any of the lists, cannot match: a quick first look. */
  readonly needs: readonly (readonly string[])[];
  readonly problem?: undefined;
};
type Problem = {
  readonly problem: string;
  readonly source?: undefined;
  readonly needs?: undefined;
};

/** Between two words: a blank, and any punctuation that the writer put there. */
const gapToNext = "(?: [.,])* ";
const anyWord = "(?:(?: ,)? [^ .,]+)";
/** Where a clause ends, and where a sentence does. */
const ends: Readonly<Record<string, string>> = { $: "(?= [.,]| $)", $$: "(?= \\.| $)" };
const largestGap = 9;

/**
 * The source of a regular expression that finds the pattern in text as `readWords` gives it; a problem in
 * words where the pattern is none. Gaps are bounded: the time of a match grows with the text only.
 */
export function compilePattern(pattern: string, classes: WordClasses): CompiledPattern | Problem {
  const sources: string[] = [];
  const needs: (readonly string[])[] = [];
  let words = 0;
  for (const part of partsOf(pattern)) {
    const compiled = knownPart(part, classes);
    if (compiled.problem !== undefined) return { problem: compiled.problem };
    sources.push(compiled.source);
    if (compiled.isWord) words += 1;
    if (compiled.firstWords !== undefined) needs.push(compiled.firstWords);
  }
  if (words === 0) return { problem: `"${pattern}" holds no word that must be there` };
  return { source: `${sources.join("")}(?= )`, needs };
}

/** Every word that a pattern or a member of a class names, `~` kept where spellings near to it count. */
export function wordsNamed(pattern: string): readonly string[] {
  return partsOf(pattern)
    .filter((part) => !part.startsWith("..") && !["^", "$", "$$", "#"].includes(part))
    .flatMap((part) => part.replace(/\?$/, "").split("/"))
    .filter((word) => !Object.hasOwn(ends, word) && !word.startsWith("<"))
    .flatMap((word) =>
      word.endsWith("~") ? [`${normaliseText(word)}~`] : normaliseText(word).split(" "),
    )
    .filter((word) => /^[\p{L}\p{N}]+~?$/u.test(word));
}

function partsOf(pattern: string): readonly string[] {
  return pattern.split(/\s+/).filter((part) => part !== "");
}

type Part =
  | {
      readonly source: string;
      readonly isWord: boolean;
      /** Of a part that must be there: the words one of which begins it, where they are whole words. */
      readonly firstWords?: readonly string[] | undefined;
      readonly problem?: undefined;
    }
  | { readonly problem: string; readonly source?: undefined };

/** The same parts, classes above all, stand in many patterns: each is worked out once. */
const partsKnown = new WeakMap<WordClasses, Map<string, Part>>();

function knownPart(part: string, classes: WordClasses): Part {
  const known = partsKnown.get(classes) ?? new Map<string, Part>();
  partsKnown.set(classes, known);
  const before = known.get(part);
  if (before !== undefined) return before;
  const compiled = compilePart(part, classes);
  known.set(part, compiled);
  return compiled;
}

function compilePart(part: string, classes: WordClasses): Part {
  if (part === "^") return { source: "(?<=^| [.,])", isWord: false };
  const end = ownValue(ends, part);
  if (end !== undefined) return { source: end, isWord: false };
  if (part.startsWith("..")) {
    const most = Number(part.slice(2));
    if (!Number.isInteger(most) || most < 1 || most > largestGap)
      return { problem: `"${part}" is no gap: write ..1 to ..${largestGap}` };
    return { source: `${anyWord}{0,${most}}?`, isWord: false };
  }
  const isOptional = part.endsWith("?");
  const alternatives: string[] = [];
  const members = part.replace(/\?$/, "").split("/");
  for (const one of members.filter((member) => !Object.hasOwn(ends, member))) {
    const compiled = compileAlternative(one, classes);
    if (compiled.problem !== undefined) return compiled;
    alternatives.push(...compiled.sources);
  }
  const word = `${gapToNext}(?:${alternatives.join("|")})(?= )`;
  const atEnd = members.flatMap((member) => ownValue(ends, member) ?? []);
  const source = atEnd.length > 0 ? `(?:${[word, ...atEnd].join("|")})` : word;
  const first = alternatives.map(beginningOf);
  const isSure = !isOptional && atEnd.length === 0;
  const firstWords = first.flatMap((one) => one ?? []);
  return {
    source: isOptional ? `(?:${source})?` : source,
    isWord: !isOptional,
    ...(isSure && firstWords.length === first.length ? { firstWords } : {}),
  };
}

/** The first word of a source, `word*` where any ending may follow. */
function beginningOf(source: string): string | undefined {
  const found = /^([\p{L}\p{N}]+)($|\(\?: |\[\^ \.,\]\*)/u.exec(source);
  if (found === null) return undefined;
  return found[2]?.startsWith("[") === true ? `${found[1]}*` : found[1];
}

type Alternatives = { readonly sources: readonly string[]; readonly problem?: undefined } | Problem;

function compileClass(name: string, classes: WordClasses): Alternatives {
  const members = wordsOf(ownValue(classes, name) ?? "").map((member) => ({
    member,
    words: partsOf(member).map(literal),
  }));
  const odd = members.find(({ words }) => words.includes(undefined));
  if (members.length === 0) return { problem: `<${name}> holds no word` };
  return odd === undefined
    ? { sources: members.map(({ words }) => words.join(gapToNext)) }
    : { problem: `"${odd.member}" of <${name}> is more than plain words` };
}

function compileAlternative(one: string, classes: WordClasses): Alternatives {
  if (one === "#") return { sources: ["(?:[5-9]|[1-9][0-9]+)"] };
  if (one.startsWith("<")) {
    const name = one.slice(1, -1);
    if (!one.endsWith(">") || !Object.hasOwn(classes, name))
      return { problem: `"${one}" is no class: ${Object.keys(classes).join(", ")}` };
    return compileClass(name, classes);
  }
  const source = literal(one);
  return source === undefined
    ? { problem: `"${one}" is no word: write letters and digits only` }
    : { sources: [source] };
}

/** A word as it stands in the text; `self-harm` and `being_dead` are two there. */
function literal(word: string): string | undefined {
  const end = word.at(-1) === "*" ? "[^ .,]*" : "";
  const normal = normaliseText(word.replace(/[*~]$/, ""));
  if (normal === "" || !/^[\p{L}\p{N}'’_-]+[*~]?$/u.test(word)) return undefined;
  return `${normal.split(" ").join(gapToNext)}${end}`;
}

/** What a text must hold for a pattern to match: one word of each list; `word*` stands for any ending. */
export type Needing = { readonly needs: readonly (readonly string[])[] };

export type PatternIndex<P extends Needing> = {
  /** By a word, the lists that hold it. A list is of many patterns: classes are. */
  readonly listsByWord: ReadonlyMap<string, readonly number[]>;
  /** By a list, the patterns whose shortest list it is. */
  readonly placesByList: readonly (readonly number[])[];
  /** Patterns that no word tells: they are looked at in every text. */
  readonly always: readonly number[];
  readonly patterns: readonly { readonly pattern: P; readonly lists: readonly number[] }[];
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
  const lists = new Map<readonly string[], number>();
  const listsByWord = new Map<string, number[]>();
  const placesByList: number[][] = [];
  const always: number[] = [];
  const listOf = (words: readonly string[]) => {
    const before = lists.get(words);
    if (before !== undefined) return before;
    const list = lists.size;
    lists.set(words, list);
    placesByList.push([]);
    for (const word of new Set(words))
      listsByWord.set(word, [...(listsByWord.get(word) ?? []), list]);
    return list;
  };
  const indexed = patterns.map((pattern, place) => {
    const shortest = pattern.needs.toSorted((left, right) => left.length - right.length)[0];
    if (shortest === undefined) always.push(place);
    else placesByList[listOf(shortest)]?.push(place);
    return { pattern, lists: pattern.needs.map(listOf) };
  });
  return { listsByWord, placesByList, always, patterns: indexed };
}

/** The patterns that may match, in their order. */
export function patternsFor<P extends Needing>(
  { listsByWord, placesByList, always, patterns }: PatternIndex<P>,
  held: ReadonlySet<string>,
): readonly P[] {
  const lists = new Set<number>();
  for (const word of held) for (const list of listsByWord.get(word) ?? []) lists.add(list);
  return [...always, ...[...lists].flatMap((list) => placesByList[list] ?? [])]
    .filter((place) => patterns[place]?.lists.every((list) => lists.has(list)))
    .toSorted((left, right) => left - right)
    .flatMap((place) => patterns[place]?.pattern ?? []);
}
