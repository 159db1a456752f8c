import { ownValue } from "./own-value.ts";

/** A text as word lists are matched against: lower case, no accents, words parted by one blank. */
export function normaliseText(text: string): string {
  return inPlainWords(asLatin(text));
}

function inPlainWords(text: string): string {
  return withoutMarks(text)
    .toLowerCase()
    .replaceAll(/[’'`´]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Most texts hold nothing else: no marks, and no letters of another alphabet. */
const onlyAscii = /^[\0-\x7f]*$/;

function withoutMarks(text: string): string {
  if (onlyAscii.test(text)) return text;
  return text.normalize("NFKD").replaceAll(/[\p{M}\p{Cf}]/gu, "");
}

/** Letters of other alphabets that look like Latin ones (after Unicode's confusables, UTS 39), capitals apart. */
const lookAlikes = paired(
  "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ҮY ХX ԌG ԚQ ԜW ѴV ӀI " +
    "аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy үy хx ԍg ԛq ԝw ѵv ӏl һh ԁd ҽe " +
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa βb γy εe ηn ιi κk λl μu νv οo ρp ςc σo τt υu χx ωw " +
    "օo ոn սu հh ցg զq Օo ᎠD ᎡR ᎢT ᎥI ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᏀG ᏃZ ᏒR ᏔW ᏚS ᏙV ᏞL ᏟC ᏢP ᏦK ᏴB",
);
/** Latin letters that Unicode takes apart into no base letter: small capitals, those without a dot or with a stroke. */
const otherLatin = paired(
  "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴌl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz " +
    "ıi ȷj ɩi ɨi ƗI ĸk ƙk ɑa ɐa ɡg ɓb ƀb ɗd đd ĐD ðd ɛe ɘe əe ǝe ƒf ħh ɦh łl ŁL ƚl ɫl ɭl ɱm ŋn ɲn øo ØO ɔo ɵo ʂs ŧt ƭt ʉu ʋv ɯm ɹr ɾr ƴy ȥz ƶz ʞk ʇt ʎy ʍw ɥh ʌv",
);
/** Letters in squares and circles of their own colour, and those that flags are made of: the first of each alphabet. */
const pictured = [0x1f150, 0x1f170, 0x1f1e6];
/** Of these two make a flag, which is no word. */
const flags = /[\u{1F1E6}-\u{1F1FF}]{2}/gu;
/** Letters without a shape, where a reader sees a blank. */
const blankLetters = /[\u115F\u1160\u2800\u3164\uFFA0]/gu;

/**
 * A text in the letters that a reader takes them for: letters in circles, small capitals and those of another alphabet
 * that stand among Latin ones (`suіcіde` with a Cyrillic `і`). Words of another alphabet stay what they are, and
 * so do words that only happen to look like Latin ones in a text that holds others.
 */
export function asLatin(text: string): string {
  if (onlyAscii.test(text)) return text;
  const plain = withoutMarks(text.replaceAll(blankLetters, " ").replaceAll(flags, " ")).replaceAll(
    /[^\0-\x7f]/gu,
    (letter) => otherLatin.get(letter) ?? fromPicture(letter) ?? letter,
  );
  const words = plain.match(/\p{L}+/gu) ?? [];
  const isOther = (word: string) => !/[a-z]/i.test(word);
  const isAllAlike = words.every((word) => !isOther(word) || [...word].every(looksLatin));
  return plain.replaceAll(/\p{L}+/gu, (word) =>
    isOther(word) && !isAllAlike
      ? word
      : [...word].map((letter) => lookAlikes.get(letter) ?? letter).join(""),
  );
}

function looksLatin(letter: string): boolean {
  return lookAlikes.has(letter);
}

function fromPicture(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const first = pictured.find((one) => code >= one && code < one + 26);
  return first === undefined ? undefined : String.fromCharCode(code - first + 97);
}

function paired(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(" ").map((pair) => [pair[0] ?? "", pair.slice(1)]));
}

/** True when the words stand in the text next to each other, as whole words. Both are normalised here. */
export function holdsPhrase(text: string, phrase: string): boolean {
  return holdsAnyPhrase(text, [phrase]);
}

/** As {@link holdsPhrase}, of one phrase or another. */
export function holdsAnyPhrase(text: string, phrases: readonly string[]): boolean {
  const words = ` ${normaliseText(text)} `;
  return phrases.some((phrase) => {
    const wanted = normaliseText(phrase);
    return wanted !== "" && words.includes(` ${wanted} `);
  });
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
  return inPlainWords(plain.replaceAll(apostrophes, ""));
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
