import { ownValue } from "./own-value.ts";

/** A text as word lists are matched against: lower case, no accents, words parted by one blank. */
export function normaliseText(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replaceAll(/[’'`´]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** True when the words stand in the text next to each other, as whole words. Both are normalised here. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = normaliseText(phrase);
  return wanted !== "" && ` ${normaliseText(text)} `.includes(` ${wanted} `);
}

/** Letters that Unicode takes apart into no base letter and mark, as people type them who lack the key. */
const plainLetters: Readonly<Record<string, string>> = {
  Æ: "AE",
  Œ: "OE",
  Ø: "O",
  Đ: "D",
  Ð: "D",
  Ħ: "H",
  Ł: "L",
  Þ: "TH",
};
/** Typed and typographic apostrophes, and letters that stand for one (`ʻokina`, `ʼ`). */
const apostrophes = /['‘’‛`´′\u02B9-\u02BF\u02C8\u02EE\uA78B\uA78C]/gu;

/** A name without what people leave out or type differently: capitals, accents, apostrophes, hyphens, blanks. */
export function foldName(text: string): string {
  // Capitals first: `ß` becomes SS, ligatures come apart, a dotless i is an I.
  const plain = [...text.toUpperCase()]
    .map((letter) => ownValue(plainLetters, letter) ?? letter)
    .join("");
  return normaliseText(plain.replaceAll(apostrophes, ""));
}

/** By what two records may be of one person, in the order in which it is said. */
export const matchKinds = [
  "name-and-birth-date",
  "name",
  "record-number",
  "phone",
  "email",
] as const;
export type MatchKind = (typeof matchKinds)[number];

/** What one person is known by, in the same letters however it was typed. */
export type PersonMark = {
  readonly by: Extract<MatchKind, "name-and-birth-date" | "name" | "record-number">;
  readonly text: string;
};

/** What somebody is marked by. */
export type Marked = {
  readonly given: string;
  readonly family: string;
  readonly preferredName?: string | undefined;
  /** `YYYY-MM-DD`; left out where nobody knows it yet. */
  readonly birthDate?: string | undefined;
  readonly recordNumber?: string | undefined;
};

/**
 * The marks of a person: the name in any order of its parts, once by the given and once by the preferred name, with
 * the birth date and without one, and the record number.
 */
export function personMarks(person: Marked): readonly PersonMark[] {
  const names = foldedNames(person);
  return [
    ...names.map((name) => withBirthDate(name, person.birthDate)),
    ...names.map(nameAlone),
    ...recordMarks(person),
  ];
}

/**
 * The marks by which others may be the same person. The name alone counts only where one of the two birth dates is not
 * known: with both of them, the date tells two people of one name apart.
 */
export function marksToLookFor(person: Marked): readonly PersonMark[] {
  const names = foldedNames(person);
  const { birthDate } = person;
  return [
    ...(birthDate === undefined
      ? names.map(nameAlone)
      : names.flatMap((name) => [
          withBirthDate(name, birthDate),
          { ...withBirthDate(name, undefined), by: "name" as const },
        ])),
    ...recordMarks(person),
  ];
}

function foldedNames({ given, family, preferredName }: Marked): readonly string[] {
  const names = [given, preferredName ?? given].map((one) =>
    foldName(`${one} ${family}`).split(" ").toSorted().join(" "),
  );
  return [...new Set(names)];
}

function withBirthDate(name: string, birthDate: string | undefined): PersonMark {
  return { by: "name-and-birth-date", text: `person: ${name}, ${birthDate ?? "not known"}` };
}

function nameAlone(name: string): PersonMark {
  return { by: "name", text: `name: ${name}` };
}

function recordMarks({ recordNumber }: Marked): readonly PersonMark[] {
  const number = foldName(recordNumber ?? "").replaceAll(" ", "");
  return number === "" ? [] : [{ by: "record-number", text: `record: ${number}` }];
}
/** Control characters, line breaks and marks that turn text round: none of them belongs in one line. */
const unsafeInLine = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u;
/** Line breaks and tabs are fine in words. */
const unsafeInWords = /[^\P{Cc}\n\r\t]|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u;
/** Blanks, and characters that Unicode leaves without a shape: of no width, fillers, the blank of Braille. */
const nothingVisible = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether one line holds what cannot be shown in one: control characters, line breaks, marks that turn text round. */
export function isUnsafeLine(text: string): boolean {
  return unsafeInLine.test(text);
}

/** Whether text of several lines holds what cannot be shown: control characters, marks that turn text round. */
export function isUnsafeWords(text: string): boolean {
  return unsafeInWords.test(text);
}

/**
 * The text without blanks around it; empty where nobody would see anything of it, so that no name, reason or note is
 * there without being read. Joiners within words stay: some scripts need them.
 */
export function trimmed(text: string): string {
  return nothingVisible.test(text) ? "" : text.trim();
}
