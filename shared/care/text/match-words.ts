import { type MatchKind, matchKinds } from "./normalise-text.ts";

const words: Readonly<Record<MatchKind, string>> = {
  "name-and-birth-date": "name and birth date",
  name: "name",
  "record-number": "record number",
  phone: "phone number",
  email: "email address",
};

/** By what two records are alike, in words: "name and birth date and phone number". */
export function matchWords(by: readonly MatchKind[]): string {
  const list = matchKinds.filter((kind) => by.includes(kind)).map((kind) => words[kind]);
  return list.length < 2
    ? list.join("")
    : `${list.slice(0, -1).join(", ")} and ${String(list.at(-1))}`;
}
