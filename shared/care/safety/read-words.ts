// Long because every way in which people write, hide or misspell a word is read in one place.
import { asLatin } from "../text/normalise-text.ts";
import { ownValue } from "../text/own-value.ts";

/** The words that rules name: what misspelt and run-together words are read as. */
export type Vocabulary = {
  /** By language: words that run together are of one language. */
  readonly languages: readonly ReadonlySet<string>[];
  /** Named words of Spanish by how they sound (`soundOf`): many write as they hear. */
  readonly spanishBySound: ReadonlyMap<string, string>;
  /** Words that stay as they are, such as those that deny. */
  readonly known: ReadonlySet<string>;
  /** Words for which nearly the same spelling counts. */
  readonly nearly: readonly string[];
  /** Ordinary words and beginnings of words (`schedul*`), which are no misspelling of anything. */
  readonly ordinary: ReadonlySet<string>;
  /** Words that a misspelling may stand for, by what is left of them without one letter (`spellingsIndex`). */
  readonly byLetters: ReadonlyMap<string, readonly string[]>;
};

/** Letters that people write as digits and signs, or hide behind them: `su1cide`, `ki11`, `k!ll`. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/(?<=[a-z])[!|](?=[a-z])/g, "1"],
  [/(?<=[a-z])@(?=[a-z])/g, "4"],
  [/(?<=[a-z])\$/g, "5"],
  [/(?<![a-z0-9])\+ ?(?=[a-z])/g, "positive "],
];
const letterOf: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
};

/** Signs that stand for things; rules name them by these words. */
const pictures: readonly (readonly [RegExp, string])[] = [
  [/\u{1F52B}/gu, " emojigun "],
  [/\u{1F48A}/gu, " emojipills "],
  [/\u{1F52A}|\u{1F5E1}/gu, " emojiknife "],
  [/\u26B0|\u{1FAA6}/gu, " emojigrave "],
  [/\u{1FAA2}/gu, " emojirope "],
];

/** How words are said, as they are written out: rules name the latter. */
const spoken: Readonly<Record<string, string>> = {
  aint: "not",
  tryna: "trying to",
  tryina: "trying to",
  finna: "going to",
  nothin: "nothing",
  somethin: "something",
  jus: "just",
  cnt: "cant",
  hrt: "hurt",
  rist: "wrist",
  rists: "wrists",
  ths: "this",
  dis: "this",
  anymoar: "anymore",
  nemore: "anymore",
  agen: "again",
  liv: "live",
  wnat: "want",
  wnt: "want",
  agin: "again",
  idwt: "i dont want to",
  idwtl: "i dont want to live",
  idw: "i dont want to",
  tn: "tonight",
  alr: "already",
  rly: "really",
  smth: "something",
  lyf: "life",
  livin: "living",
  bein: "being",
  nuthin: "nothing",
  abt: "about",
  thru: "through",
  yall: "you",
  bcuz: "because",
  wld: "would",
  shd: "should",
  ppl: "people",
  evry1: "everyone",
  every1: "everyone",
  some1: "someone",
  any1: "anyone",
  nomore: "no more",
  shouldve: "should have",
  couldve: "could have",
  lemme: "let me",
  kiero: "quiero",
  qiero: "quiero",
  qero: "quiero",
  kiere: "quiere",
  qiere: "quiere",
  keria: "queria",
  qeria: "queria",
  voi: "voy",
  matr: "matar",
  mtar: "matar",
  mtr: "matar",
};

/** Letters, and digits in their place, that a writer put apart one by one: `k 1 l l`, `i w a n t`. */
const singleLetters = /(?<![\p{L}\p{N}])[a-z](?:\s+[a-z0-5]){3,}(?![\p{L}\p{N}])/gu;

/** Stands for a letter that the writer hid behind a sign. */
const hiddenLetter = "\uE000";
const shortestRunTogether = 5;
const shortestHeard = 4;
const shortestMisspelt = 4;
const longestRunTogether = 60;

/**
 * Text as rules read it: lower case, no accents, one blank around every word, `,` and `.` where a clause and
 * a sentence end. Words that nobody named are read as named ones where they are spelt nearly so
 * (`suicde`), drawn out (`dieee`), hidden (`k*ll`), spelt out (`k m s`) or run together (`wanttodie`).
 */
export function readWords(text: string, vocabulary: Vocabulary): string {
  const words = putTogether(spelledOut(tokensOf(text)), vocabulary).flatMap((token) =>
    token === "." || token === "," ? [token] : wordsIn(token, vocabulary),
  );
  return ` ${words.join(" ")} `;
}

function tokensOf(text: string): readonly string[] {
  let plain = asLatin(text)
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replaceAll(/\bod['’`´]d\b/g, "oded")
    .replaceAll(/['’`´]/g, "")
    .replaceAll(singleLetters, (run) => run.replaceAll(/\s/g, ""))
    .replaceAll(/\bw\/o\b/g, "without ")
    .replaceAll(/\bw(?:\/(?=\s|[a-z])|(?=\s))/g, "with ")
    .replaceAll(/\b(?:[a-z]\.){2,}[a-z]?(?![a-z])/g, (dotted) => `${dotted.replaceAll(".", "")} `);
  for (const [picture, word] of pictures) plain = plain.replaceAll(picture, word);
  for (const [sign, letter] of signs) plain = plain.replaceAll(sign, letter);
  return (
    plain
      .replaceAll(/(?<=[a-z]{2}|(?<![a-z])i)_+(?=[a-z]{2})/g, " ")
      .replaceAll(/(?<=[a-z])([*#_]+)(?=[a-z])/g, (hidden) => hiddenLetter.repeat(hidden.length))
      .match(/[\p{L}\p{N}\uE000]+|[.!?;\n]+|[,()—–]| - /gu)
      ?.map((token) => {
        if (/^[.!?;\n]/.test(token)) return ".";
        return /^[,()—–]$|^ - $/.test(token) ? "," : token;
      }) ?? []
  );
}

function wordsIn(token: string, vocabulary: Vocabulary): readonly string[] {
  const { languages, known, nearly, ordinary, spanishBySound } = vocabulary;
  const isNamed = (word: string) => known.has(word) || languages.some((words) => words.has(word));
  const written = ownValue(spoken, token);
  if (written !== undefined) return written.split(" ");
  if (isNamed(token)) return [token];
  const single1 = token.length > 4 && token.endsWith("s") ? token.slice(0, -1) : token;
  if (isNamed(single1)) return [single1];
  if (token.includes(hiddenLetter)) {
    const hidden = new RegExp(`^${token.replaceAll(hiddenLetter, ".")}$`, "u");
    const shown = languages.flatMap((words) => [...words]).find((word) => hidden.test(word));
    return [shown ?? token.replaceAll(hiddenLetter, "")];
  }
  const shown = spellingsOf(token).find((word) => word === token || isNamed(word)) ?? token;
  if (isNamed(shown)) return [shown];
  // A word of every day is no slip, no other word that sounds like it, and not made of two: `viuda`, `oido`, `tener`.
  if (ordinary.has(shown)) return [shown];
  const [twice, once] = [
    shown.replaceAll(/(.)\1{2,}/gu, "$1$1"),
    shown.replaceAll(/(.)\1{2,}/gu, "$1"),
  ];
  if (isNamed(twice)) return [twice];
  if (isNamed(once)) return [once];
  const single = shown.replaceAll(/(.)\1+/gu, "$1");
  if (isNamed(single)) return [single];
  const near = nearly.find(
    (word) => isNearly(once, word) || (single !== once && isNearly(single, word)),
  );
  if (near !== undefined) return [near];
  const heard = shown.length < shortestHeard ? undefined : spanishBySound.get(soundOf(shown));
  if (heard !== undefined) return [heard];
  const untailed = shown.replace(/(.)\1+$/u, "$1");
  for (const words of languages) {
    const found = apart(shown, words) ?? apart(untailed, words);
    if (found !== undefined) return found;
  }
  return [meant(shown, vocabulary) ?? shown];
}

/** Files words under themselves and what is left of them without one letter: misspellings meet them there. */
export function spellingsIndex(words: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const word of new Set(words))
    if (word.length >= shortestMisspelt)
      for (const key of [word, ...lessOneLetter(word)])
        index.set(key, [...(index.get(key) ?? []), word]);
  return index;
}

function lessOneLetter(word: string): readonly string[] {
  return [...word].map((_, place) => word.slice(0, place) + word.slice(place + 1));
}

/** The named word that an unknown one is a misspelling of by one letter: `hert`, `brige`, `lief`. */
function meant(token: string, { ordinary, byLetters }: Vocabulary): string | undefined {
  if (token.length < shortestMisspelt || token.length > longestRunTogether) return undefined;
  if (!/^[a-z]+$/.test(token)) return undefined;
  for (let length = 1; length <= token.length; length += 1)
    if (ordinary.has(length === token.length ? token : `${token.slice(0, length)}*`))
      return undefined;
  if (ordinary.has(`${token}*`)) return undefined;
  const near = [token, ...lessOneLetter(token)]
    .flatMap((key) => byLetters.get(key) ?? [])
    .filter((word) => word[0] === token[0] && distance(token, word) === 1);
  return near.toSorted((left, right) => unlikeness(token, left) - unlikeness(token, right))[0];
}

/** A letter written once is the likeliest slip, then a swap or another letter, one too few, one too many. */
function unlikeness(token: string, word: string): number {
  const single = (one: string) => one.replaceAll(/(.)\1+/g, "$1");
  if (single(token) === single(word)) return 0;
  if (token.length === word.length) return 1;
  return token.length < word.length ? 2 : 3;
}

/** How Spanish sounds, whatever letters stand for it: `kitar` and `quitar`, `bida` and `vida`, `aserme`. */
export function soundOf(word: string): string {
  return word
    .replaceAll(/qu|c(?=[^eih])|c$|q/g, "k")
    .replaceAll(/c(?=[ei])|z/g, "s")
    .replaceAll("v", "b")
    .replaceAll("ll", "y")
    .replaceAll(/(?<!c)h/g, "")
    .replaceAll(/(.)\1+/g, "$1");
}

/** What a word with digits in it may stand for; `1` is read as i and as l. */
function spellingsOf(token: string): readonly string[] {
  if (!/[a-z]/.test(token) || !/[0-9]/.test(token)) return [token];
  const read = (one: string) =>
    token.replaceAll(/[01345]/g, (digit) =>
      digit === "1" ? one : (ownValue(letterOf, digit) ?? digit),
    );
  return [read("i"), read("l"), token];
}

/** The fewest named words that make up a token; `undefined` where it is not made of them. */
function apart(token: string, words: ReadonlySet<string>): readonly string[] | undefined {
  if (token.length < shortestRunTogether || token.length > longestRunTogether) return undefined;
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= token.length; end += 1) {
    for (let start = 0; start < end; start += 1) {
      const before = best[start];
      const word = token.slice(start, end);
      const isOwn = word.length > 1 || (word === "i" && start === 0) || word === "2";
      if (before === undefined || !isOwn || !words.has(word)) continue;
      const known = best[end];
      if (known === undefined || before.length + 1 < known.length) best[end] = [...before, word];
    }
  }
  return best[token.length];
}

/** `k m s` and `k i l l`: three and more single letters in a row are one word. */
function spelledOut(tokens: readonly string[]): readonly string[] {
  const joined = ` ${tokens.join(" ")} `.replaceAll(
    /(?<= )(?:[a-z] ){3,}/g,
    (run) => `${run.replaceAll(" ", "")} `,
  );
  return joined
    .trim()
    .split(" ")
    .filter((token) => token !== "");
}

/** `d ie`, `su icide`, `li fe`: pieces of which one is no word, and that are a named word together. */
function putTogether(tokens: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const { languages, known, ordinary } = vocabulary;
  const isNamed = (word: string) => languages.some((words) => words.has(word));
  const isWord = (piece: string) =>
    known.has(piece) ||
    isNamed(piece) ||
    ordinary.has(piece) ||
    ordinary.has(`${piece}*`) ||
    ownValue(spoken, piece) !== undefined;
  const together: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const count = [3, 2].find((most) => {
      const pieces = tokens.slice(at, at + most);
      const isBroken = pieces.some((piece) => piece.length > 1 && !isWord(piece));
      return (
        pieces.length === most &&
        isBroken &&
        pieces.every((piece) => /^[a-z]+$/.test(piece)) &&
        isNamed(pieces.join(""))
      );
    });
    together.push(tokens.slice(at, at + (count ?? 1)).join(""));
    at += count ?? 1;
  }
  return together;
}

/** One letter more, less, other or swapped; two from nine letters on. The first letter stands. */
function isNearly(token: string, word: string): boolean {
  if (token[0] !== word[0] || token.length < 5) return false;
  const most = word.length >= 9 ? 2 : 1;
  if (Math.abs(token.length - word.length) > most) return false;
  return distance(token, word) <= most;
}

/** Rows of the table below, used again and again: words are compared by the thousand. */
const rows: [number[], number[], number[]] = [[], [], []];

/** Optimal string alignment distance (Damerau 1964), for words of ordinary length. */
function distance(left: string, right: string): number {
  let [beforeLast, last, line] = rows;
  for (let column = 0; column <= right.length; column += 1) last[column] = column;
  for (let row = 1; row <= left.length; row += 1) {
    line[0] = row;
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1];
      if (isSwap) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      line[column] = least;
    }
    [beforeLast, last, line] = [last, line, beforeLast];
  }
  return last[right.length] ?? 0;
}
