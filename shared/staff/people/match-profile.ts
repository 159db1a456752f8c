import { normaliseText } from "../../care/text/normalise-text.ts";
import { ownValue } from "../../care/text/own-value.ts";
import type { Profile } from "../../store/read-profile.ts";

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
function fold(text: string): string {
  // Capitals first: `ß` becomes SS, ligatures come apart, a dotless i is an I.
  const plain = [...text.toUpperCase()]
    .map((letter) => ownValue(plainLetters, letter) ?? letter)
    .join("");
  return normaliseText(plain.replaceAll(apostrophes, ""));
}

/**
 * True when every word that is searched for is in one of the person's names, legal or preferred, or in the reference;
 * in any order, and however much of each word was typed. Everybody matches an empty search.
 */
export function matchesSearch(
  profile: Pick<Profile, "given" | "family" | "preferredName"> | undefined,
  reference: string,
  search: string,
): boolean {
  if (search.trim() === "") return true;
  const names = [profile?.given, profile?.preferredName, profile?.family, reference].map((name) =>
    fold(name ?? ""),
  );
  // With and without blanks: Mary Ann is found as maryann, and van der Meer as vandermeer.
  const found = [...names, ...names.map((name) => name.replaceAll(" ", ""))];
  const wanted = fold(search).split(" ");
  return wanted.every((word) => word !== "" && found.some((name) => name.includes(word)));
}
