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
export const matchKinds = ["name-and-birth-date", "record-number", "phone", "email"] as const;
export type MatchKind = (typeof matchKinds)[number];

/** What one person is known by, in the same letters however it was typed. */
export type PersonMark = {
  readonly by: Extract<MatchKind, "name-and-birth-date" | "record-number">;
  readonly text: string;
};

/**
 * The marks of a person: the name in any order of its parts with the birth date, once by the given and once by the
 * preferred name, and the record number.
 * @param person.birthDate - `YYYY-MM-DD`
 */
export function personMarks(person: {
  readonly given: string;
  readonly family: string;
  readonly preferredName?: string | undefined;
  readonly birthDate: string;
  readonly recordNumber?: string | undefined;
}): readonly PersonMark[] {
  const { given, family, preferredName, birthDate, recordNumber } = person;
  const names = new Set(
    [given, preferredName ?? given].map((one) =>
      foldName(`${one} ${family}`).split(" ").toSorted().join(" "),
    ),
  );
  const number = foldName(recordNumber ?? "").replaceAll(" ", "");
  return [
    ...[...names].map((name) => ({
      by: "name-and-birth-date" as const,
      text: `person: ${name}, ${birthDate}`,
    })),
    ...(number === "" ? [] : [{ by: "record-number" as const, text: `record: ${number}` }]),
  ];
}
