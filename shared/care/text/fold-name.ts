import { normaliseText } from "./normalise-text.ts";
import { ownValue } from "./own-value.ts";

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
