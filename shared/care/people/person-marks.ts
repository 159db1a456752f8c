import { foldName } from "../text/fold-name.ts";

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
